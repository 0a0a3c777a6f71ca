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
        Requirements = new Requirements(TaskKinds.Any, space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None);
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
        Blocks.ForEach(pool.RowCount, context.MaxDegreeOfParallelism, context.CancellationToken, (start, rows) =>
            System.Numerics.Tensors.TensorPrimitives.Negate(networks.Logits(sides.Candidates(start, rows), rows), scores.AsSpan(start, rows)));
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, Array.ConvertAll(selected, i => scores[i]));
    }

    private VariationalAutoencoder Train(TwoSides sides, RandomStream random, CancellationToken cancellationToken)
    {
        var networks = new VariationalAutoencoder(sides.Width, _options, random.Child("weights"));
        RandomStream noise = random.Child("noise");
        foreach ((double[] candidates, int candidateCount, double[] labelled, int labelledCount) in
            sides.Batches(_options.Epochs, _options.BatchSize, random.Child("batches")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            networks.Accumulate(labelled, labelledCount, Noise(labelledCount));
            networks.Accumulate(candidates, candidateCount, Noise(candidateCount));
            networks.Encoder.Step(_options.LearningRate);
            networks.Decoder.Step(_options.LearningRate);
            networks.AccumulateDiscriminator(labelled, labelledCount, labelled: true);
            networks.AccumulateDiscriminator(candidates, candidateCount, labelled: false);
            networks.Discriminator.Step(_options.LearningRate);
        }

        return networks;

        double[] Noise(int rows) => [.. Enumerable.Range(0, rows * _options.LatentCount).Select(_ => noise.NextGaussian())];
    }
}
