using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Variational adversarial active learning: an autoencoder learns codes of labelled items and candidates that look labelled, a discriminator D learns to
/// tell the two apart all the same; the candidates of the smallest D(μ(x)), the clearest not labelled, are queried.
/// </summary>
/// <remarks>
/// <para>
/// Sinha, Ebrahimi and Darrell, "Variational adversarial active learning", ICCV 2019. In turn, encoder and decoder descend the mean of ½‖x − x̂‖² + β KL −
/// λ₂ ln D(μ(x)) over both sides, and D descends −ln D(μ) over labelled items − ln(1 − D(μ)) over candidates. The networks are multilayer perceptrons on
/// standardised columns, where the paper's are for images; they are made and trained anew in each query. The task's model takes no part, nor do labels.
/// </para>
/// <para>
/// Scores are −ln(D/(1 − D)); ties by the lowest index. Where nothing is labelled the batch is drawn at random. O(epochs·(N + L)·(D + Z)·H) time, on one
/// thread until the prediction; O((N + L)·D) memory.
/// </para>
/// </remarks>
public sealed class VAALStrategy : Strategy
{
    private readonly VAALOptions _options;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="space">What to encode; the dataset's features by default.</param>
    public VAALStrategy(VAALOptions? options = null, FeatureSpace space = FeatureSpace.Features)
    {
        _options = options ?? new VAALOptions();
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(VAALStrategy));
        if (context.Labelled.Count == 0)
        {
            return new Batch(random.Sample(context.Pool.Count, count));
        }

        FeatureMatrix pool = context.PoolRows(_space), labelled = context.LabelledRows(_space);
        SelectionRows.Check(pool, labelled, count);
        var sides = new TwoSides(pool, labelled);
        VariationalAutoencoder networks = Train(sides, random, context.CancellationToken);
        var scores = new double[pool.RowCount];
        Blocks.ForEach(
            pool.RowCount,
            context.MaxDegreeOfParallelism,
            context.CancellationToken,
            (start, rows) => networks.WriteLogits(sides, start, scores.AsSpan(start, rows)),
            blockRows: 128);
        TensorPrimitives.Negate<double>(scores, scores);
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, Array.ConvertAll(selected, i => scores[i]));
    }

    private VariationalAutoencoder Train(TwoSides sides, RandomStream random, CancellationToken cancellationToken)
    {
        int capacity = sides.LargestBatch(_options.BatchSize);
        var networks = new VariationalAutoencoder(sides.Width, _options, capacity, random.Child("weights"));
        RandomStream noise = random.Child("noise");
        var drawn = new double[capacity * _options.LatentCount];
        foreach (SidesBatch batch in sides.Batches(_options.Epochs, _options.BatchSize, random.Child("batches")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            networks.Begin(batch.Candidates.Length, batch.Labelled.Length);
            batch.Write(networks.Rows);
            Span<double> ofBatch = drawn.AsSpan(0, batch.Count * _options.LatentCount);
            noise.FillGaussian(ofBatch);
            networks.Differentiate(ofBatch);
            networks.Encoder.Step(_options.LearningRate);
            networks.Decoder.Step(_options.LearningRate);
            networks.DifferentiateDiscriminator();
            networks.Discriminator.Step(_options.LearningRate);
        }

        return networks;
    }
}
