using System.Numerics.Tensors;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Wasserstein adversarial active learning: the candidates of the largest λ D(z) − U(p), uncertain and unlike what is labelled. D is a smooth critic, large on
/// candidates and small on labelled items, against which the network's features z are trained; U = ½‖ln p‖₂ + ½ Σ_c −ln p_c is smallest where the classes are
/// equally probable.
/// </summary>
/// <remarks>
/// <para>
/// Shui, Zhou, Gagné and Wang, "Deep active learning: unified and principled method for query and training", AISTATS 2020. The risk on all items is bounded by
/// that on labelled ones plus μ W₁, the distance of the labelled items' features from those of all L + U items, which is U/(L + U) times the largest mean D
/// over candidates − mean D over labelled items with ‖∇D‖ ≤ 1. So in each step of the model the critic descends −(mean D over candidates − γ · mean D over
/// labelled items) + ρ · mean (‖∇D‖ − 1)² over both and mixtures of them, features held fixed; and the network descends its own loss + α (mean D over
/// candidates − γ · mean D over labelled items), the critic held fixed: the features of candidates go where D is small, those of labelled items where it is
/// large, until they are alike. The critic of the training is the one of the query.
/// </para>
/// <para>
/// This takes a model whose training knows embedding hooks (<see cref="IEmbeddingHook"/>), such as the built-in networks and TorchSharp modules, and a
/// pipeline, or one's own code, that attaches the hook. For any other model with embeddings, for <see cref="FeatureSpace.Features"/>, and for α = 0, the
/// critic is trained in each query on fixed, standardised rows.
/// </para>
/// <para>
/// The critic sees rows divided by √D, so that one is about 1 long and λ means the same for any width; α is for distances between features as they are. Its
/// steps use the features of the model's own pass, where the authors' program embeds anew. That program ends the critic in a sigmoid, whose slope cannot be 1,
/// and subtracts the penalty; this one does neither.
/// </para>
/// <para>
/// Probabilities below 1e-7 count as that. Ties go to the lowest index. Where nothing is labelled the batch is drawn at random. O(N·(D + H)·H) time for a query
/// after a joint training, whose steps take (B + U)/B times as long and O((B + U)·(D + H)·H) for each step of the critic; else O(epochs·(N + L)·(D + H)·H), on
/// one thread until the prediction. O((N + L)·D) memory.
/// </para>
/// </remarks>
public sealed class WAALStrategy : Strategy, ITrainingParticipant
{
    private const double LeastProbability = 1e-7;

    private readonly WAALOptions _options;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">How to train features and critic, and λ.</param>
    /// <param name="space">What the critic looks at; the model's embeddings by default, as in the paper.</param>
    public WAALStrategy(WAALOptions? options = null, FeatureSpace space = FeatureSpace.Embeddings)
    {
        _options = options ?? new WAALOptions();
        _space = space;
        Requirements = new Requirements(
            TaskKinds.Classification,
            Capabilities.ClassProbabilities | space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    private bool TakesPart => _space == FeatureSpace.Embeddings && _options.FeatureWeight > 0;

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
    public ITrainingHook? CreateTrainingHook(LearningTask task) => TakesPart ? new WassersteinHook(_options) : null;

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Labelled.Count == 0)
        {
            return new Batch(context.RandomFor(nameof(WAALStrategy)).Sample(context.Pool.Count, count));
        }

        FeatureMatrix pool = context.PoolRows(_space);
        var uncertainties = new double[pool.RowCount];
        ComputeUncertainty(context.ClassProbabilities, uncertainties);
        Func<int, int, double[]> outputs = CriticOf(context, pool, count);
        var scores = new double[pool.RowCount];
        Blocks.ForEach(
            pool.RowCount,
            context.MaxDegreeOfParallelism,
            context.CancellationToken,
            (start, rows) =>
            {
                double[] judged = outputs(start, rows);
                for (int i = 0; i < rows; i++)
                {
                    scores[start + i] = (_options.CriticWeight * judged[i]) - uncertainties[start + i];
                }
            },
            blockRows: 128);
        int[] selected = TopPositions.Of(scores, count);
        return new Batch(selected, Array.ConvertAll(selected, i => scores[i]));
    }

    /// <summary>D of consecutive candidates, by the critic that was trained with the model, or else by one that is trained now.</summary>
    private Func<int, int, double[]> CriticOf(QueryContext context, FeatureMatrix pool, int count)
    {
        if (TakesPart && context.TrainingHook is WassersteinHook { Critic: { } joint } && joint.Width == pool.ColumnCount)
        {
            return (start, rows) => joint.Outputs(WassersteinHook.Scaled(pool.Slice(start, rows).Values, pool.ColumnCount));
        }

        FeatureMatrix labelled = context.LabelledRows(_space);
        SelectionRows.Check(pool, labelled, count);
        var sides = new TwoSides(pool, labelled, 1 / Math.Sqrt(pool.ColumnCount));
        WassersteinCritic critic = Train(sides, context.RandomFor(nameof(WAALStrategy)), context.CancellationToken);
        return (start, rows) =>
        {
            var candidates = new double[rows * sides.Width];
            sides.WriteCandidates(start, rows, candidates);
            return critic.Outputs(candidates);
        };
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
