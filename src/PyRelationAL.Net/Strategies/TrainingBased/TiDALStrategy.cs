using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries the items whose class probabilities are likely to have wavered, had they been trained on. The training dynamics of a labelled item are the mean of
/// its class probabilities over the epochs, p̄ₜ = (t p̄ₜ₋₁ + pₜ)/(t + 1); an auxiliary head on the network's hidden layers learns to predict them, p̃ = softmax
/// of its outputs, by KL(p̄ₜ ‖ p̃); for the pool they are predicted.
/// </summary>
/// <remarks>
/// <para>
/// Kye, Choi, Byun and Chang, "TiDAL: learning training dynamics for active learning", ICCV 2023. The probabilities pₜ are those after epoch t, so the head has
/// nothing to learn in the first epoch. Means start anew with each training.
/// </para>
/// <para>Scores are entropies in [0, ln C], or margins in [−1, 1]; ties by the lowest index. O(N·C) beside the predictions; a training keeps L·C
/// numbers.</para>
/// </remarks>
public sealed class TiDALStrategy : Strategy, ITrainingParticipant
{
    private readonly DynamicsScore _score;
    private readonly AuxiliaryHead _head;
    private readonly ISelectionCriterion _selection;

    /// <summary>Creates the strategy.</summary>
    /// <param name="score">What to make of the predicted dynamics. Default: their entropy.</param>
    /// <param name="head">
    /// The head, which has an output for each class whatever it says; by default 128 wide, of weight 1, stop-gradient after 60 % of the epochs.
    /// </param>
    /// <param name="selection">Picks the batch; top-k by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is none of the known.</exception>
    public TiDALStrategy(DynamicsScore score = DynamicsScore.Entropy, AuxiliaryHead? head = null, ISelectionCriterion? selection = null)
    {
        if (!Enum.IsDefined(score))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"{nameof(score)} must be Entropy or Margin.");
        }

        _score = score;
        _head = head ?? new AuxiliaryHead();
        _selection = selection ?? Selection.TopK;
        Capabilities needed = Capabilities.TrainingHooks | (score == DynamicsScore.Margin ? Capabilities.ClassProbabilities : Capabilities.None);
        Requirements = new Requirements(TaskKinds.Classification, needed).And(_selection.Requirements);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>−(p̃_ŷ − max over c ≠ ŷ of p̃_c) of each row. O(N·C).</summary>
    /// <param name="dynamics">p̃ [N×C].</param>
    /// <param name="predicted">ŷ [N], each in [0, C).</param>
    /// <param name="scores">N scores to write, each in [−1, 1]; −p̃_ŷ where C = 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public static void ComputeMargin(ClassProbabilities dynamics, ReadOnlySpan<int> predicted, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        Guard.SameLength(dynamics.RowCount, predicted.Length, "predicted classes", nameof(predicted));
        Guard.SameLength(dynamics.RowCount, scores.Length, "scores", nameof(scores));
        for (int i = 0; i < scores.Length; i++)
        {
            ReadOnlySpan<double> row = dynamics.Row(i);
            if ((uint)predicted[i] >= (uint)row.Length)
            {
                throw new ArgumentException(
                    Guard.Text($"The predicted class of row {i} is {predicted[i]}; it must lie in [0, {row.Length - 1}]."), nameof(predicted));
            }

            double other = 0;
            for (int c = 0; c < row.Length; c++)
            {
                other = c == predicted[i] ? other : Math.Max(other, row[c]);
            }

            scores[i] = other - row[predicted[i]];
        }
    }

    /// <inheritdoc/>
    public ITrainingHook CreateTrainingHook(LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new TrainingDynamicsHook(_head with { OutputCount = Math.Max(1, task.ClassCount) });
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix outputs = AuxiliaryOutputs.Of(context, context.Task.ClassCount, Name);
        ClassProbabilities dynamics = new ClassLogits(Array.ConvertAll(outputs.Values.ToArray(), v => (double)v), outputs.ColumnCount).Softmax();
        var scores = new double[dynamics.RowCount];
        if (_score == DynamicsScore.Entropy)
        {
            Entropies.OfRows(dynamics.Values, dynamics.ClassCount, scores);
        }
        else
        {
            ClassProbabilities predicted = context.ClassProbabilities;
            ComputeMargin(dynamics, [.. Enumerable.Range(0, scores.Length).Select(predicted.ArgMax)], scores);
        }

        int[] positions = _selection.Select(scores, count, context);
        return new Batch(positions, Array.ConvertAll(positions, i => scores[i]));
    }
}
