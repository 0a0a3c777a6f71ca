using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// The query of Wasserstein adversarial active learning: the candidates of the largest λ D(z) − U(p), uncertain and unlike what is labelled. D is a smooth
/// critic trained to be large on candidates and small on labelled items, U = ½‖ln p‖₂ + ½ Σ_c −ln p_c, which is smallest where the classes are equally
/// probable.
/// </summary>
/// <remarks>
/// <para>
/// Shui, Zhou, Gagné and Wang, "Deep active learning: unified and principled method for query and training", AISTATS 2020. The critic descends −(mean D over
/// candidates − mean D over labelled items) + ρ · mean (‖∇D‖ − 1)² over both and mixtures of them. It is trained anew in each query on the standardised
/// embeddings of the trained model, divided by √D so that a row is about 1 long and λ means the same for any width. Published programs end the critic in a
/// sigmoid, whose slope cannot be 1, and subtract the penalty; this one does neither.
/// </para>
/// <para>
/// The paper also trains the network's features against the critic, with candidates among each batch. That half is not here: a model's training hooks see
/// labelled items only, and any model with embeddings will do for this one.
/// </para>
/// <para>
/// Probabilities below 1e-7 count as that. Ties go to the lowest index. Where nothing is labelled the batch is drawn at random. O(epochs·(N + L)·(D + H)·H)
/// time, on one thread until the prediction; O((N + L)·D) memory.
/// </para>
/// </remarks>
public sealed class WAALStrategy : Strategy
{
    private const double LeastProbability = 1e-7;

    private readonly WAALOptions _options;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">How to train the critic, and λ.</param>
    /// <param name="space">What the critic looks at; the model's embeddings by default, as in the paper.</param>
    public WAALStrategy(WAALOptions? options = null, FeatureSpace space = FeatureSpace.Embeddings)
    {
        _options = options ?? new WAALOptions();
        _space = space;
        Requirements = new Requirements(
            TaskKinds.Classification,
            Capabilities.ClassProbabilities | (space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None));
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>U = ½‖ln p‖₂ + ½ Σ_c −ln p_c of each row, at least ½(√C + C) ln C; <em>small</em> where the model is uncertain. O(N·C).</summary>
    /// <param name="probabilities">P [N×C]; values below 1e-7 count as that.</param>
    /// <param name="uncertainties">N values to write.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void ComputeUncertainty(ClassProbabilities probabilities, Span<double> uncertainties)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        Guard.SameLength(probabilities.RowCount, uncertainties.Length, "values", nameof(uncertainties));
        var logarithms = new double[probabilities.ClassCount];
        for (int i = 0; i < uncertainties.Length; i++)
        {
            TensorPrimitives.Max(probabilities.Row(i), LeastProbability, logarithms);
            TensorPrimitives.Log(logarithms, logarithms);
            uncertainties[i] = 0.5 * (TensorPrimitives.Norm<double>(logarithms) - TensorPrimitives.Sum<double>(logarithms));
        }
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(WAALStrategy));
        if (context.Labelled.Count == 0)
        {
            return new Batch(random.Sample(context.Pool.Count, count));
        }

        FeatureMatrix pool = context.PoolRows(_space), labelled = context.LabelledRows(_space);
        SelectionRows.Check(pool, labelled, count);
        var uncertainties = new double[pool.RowCount];
        ComputeUncertainty(context.ClassProbabilities, uncertainties);
        var sides = new TwoSides(pool, labelled, 1 / Math.Sqrt(pool.ColumnCount));
        WassersteinCritic critic = Train(sides, random, context.CancellationToken);
        var scores = new double[pool.RowCount];
        Blocks.ForEach(
            pool.RowCount,
            context.MaxDegreeOfParallelism,
            context.CancellationToken,
            (start, rows) =>
            {
                var candidates = new double[rows * sides.Width];
                sides.WriteCandidates(start, rows, candidates);
                double[] outputs = critic.Outputs(candidates);
                for (int i = 0; i < rows; i++)
                {
                    scores[start + i] = (_options.CriticWeight * outputs[i]) - uncertainties[start + i];
                }
            },
            blockRows: 128);
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, Array.ConvertAll(selected, i => scores[i]));
    }

    private WassersteinCritic Train(TwoSides sides, RandomStream random, CancellationToken cancellationToken)
    {
        var critic = new WassersteinCritic(sides.Width, _options, random.Child("weights"));
        RandomStream mixing = random.Child("mixtures");
        var rows = new double[sides.LargestBatch(_options.BatchSize) * sides.Width];
        var shares = new double[sides.LargestBatch(_options.BatchSize)];
        foreach (SidesBatch batch in sides.Batches(_options.Epochs, _options.BatchSize, random.Child("batches")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Write(rows);
            Span<double> ofBatch = shares.AsSpan(0, Math.Max(batch.Candidates.Length, batch.Labelled.Length));
            mixing.FillDouble(ofBatch);
            int first = batch.Candidates.Length * sides.Width;
            critic.Accumulate(rows.AsSpan(0, first), rows.AsSpan(first, batch.Labelled.Length * sides.Width), ofBatch);
            critic.Network.Step(_options.LearningRate);
        }

        return critic;
    }
}
