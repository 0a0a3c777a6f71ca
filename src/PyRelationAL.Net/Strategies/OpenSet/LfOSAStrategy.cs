using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// LfOSA: the items that are most probably of one of the task's classes. A detector with C + 1 outputs is trained on the labelled items, and on those known
/// to be of none as class C, by cross-entropy of softmax(z/T), and by λ times the centre loss, the mean of ‖h − c_y‖², for hidden activations h and a centre c
/// of each class and of none. The largest activations v = max z of the candidates it takes for class c are divided by a mixture of two Gaussians, for each c
/// &lt; C; the score is the probability of the component with the larger mean, and 0 for those taken for class C.
/// </summary>
/// <remarks>
/// <para>
/// Ning, Zhao, Li and Huang, "Active learning for open-set annotation", CVPR 2022. The detector here is a network of one hidden layer of the strategy's own,
/// trained anew for each query on the rows of a feature space, standardised over the pool and what is known; theirs is as large as the classifier. In their
/// code a class with fewer than two candidates is never asked; here such a candidate, and any among equal activations, gets ½.
/// </para>
/// <para>
/// The centre loss is that of Wen, Zhang, Li and Qiao, "A discriminative feature learning approach for deep face recognition", ECCV 2016: each centre begins
/// at 0 and moves by ½ Σ (h − c)/(1 + n) over the n items of its class in a batch. The authors' program has it with weight 1 and a T of 2 for what is of no
/// class, unless told otherwise; their published runs tell it 0 and ½ for both, which are the defaults here, as in ALScope.
/// </para>
/// <para>
/// Scores lie in [0, 1] and are often 1 to the last bit; ties go by the largest v, or the smallest of class C, then by the lowest
/// index. The mixtures take at most 10 steps of expectation maximisation, tolerance 0.01, variances at least 5·10⁻⁴. O(N log N) after training,
/// O((L + O)·epochs·H·(D + C)), and prediction, O(N·H·(D + C)).
/// </para>
/// </remarks>
public sealed class LfOSAStrategy : Strategy
{
    private readonly double _temperature;
    private readonly double _outsideTemperature;
    private readonly double _centreLossWeight;
    private readonly int _hiddenWidth;
    private readonly int _epochs;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="temperature">T, greater than 0; below 1 it sharpens the detector's outputs. Default: 0.5, the paper's.</param>
    /// <param name="hiddenWidth">H, the width of the detector's hidden layer, at least 1. Default: 64.</param>
    /// <param name="epochs">How long the detector is trained, at least 1. Default: 100.</param>
    /// <param name="space">What the detector looks at: the dataset's features by default, or embeddings.</param>
    /// <param name="centreLossWeight">λ, at least 0: draws the items of a class together in the hidden layer. Default: 0, no centre loss.</param>
    /// <param name="outsideTemperature">T of the items that are known to be of no class, greater than 0. Default: that of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public LfOSAStrategy(
        double temperature = 0.5,
        int hiddenWidth = 64,
        int epochs = 100,
        FeatureSpace space = FeatureSpace.Features,
        double centreLossWeight = 0,
        double? outsideTemperature = null)
    {
        _temperature = Guard.Positive(temperature);
        _hiddenWidth = Guard.Positive(hiddenWidth);
        _epochs = Guard.Positive(epochs);
        _space = space;
        _centreLossWeight = Guard.NonNegative(centreLossWeight);
        _outsideTemperature = outsideTemperature is { } own ? Guard.Positive(own, nameof(outsideTemperature)) : temperature;
        Requirements = new Requirements(TaskKinds.Classification, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The scores, from the outputs of a detector of one's own. O(N·C + N log N).</summary>
    /// <param name="logits">z [N×(C + 1)]; the last column is that of no class.</param>
    /// <param name="scores">N scores to write, each in [0, 1].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Compute(ClassLogits logits, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Guard.SameLength(logits.RowCount, scores.Length, "scores", nameof(scores));
        double[] activations = Activations(logits, out int[] predicted);
        scores.Clear();
        for (int c = 0; c < logits.ClassCount - 1; c++)
        {
            int[] rows = [.. Enumerable.Range(0, predicted.Length).Where(i => predicted[i] == c)];
            var probabilities = new double[rows.Length];
            ActivationMixture.Upper([.. rows.Select(i => activations[i])], probabilities);
            for (int i = 0; i < rows.Length; i++)
            {
                scores[rows[i]] = probabilities[i];
            }
        }
    }

    /// <summary>The largest scores: of equal ones the largest activation of a class, and the smallest of no class.</summary>
    internal static (int[] Positions, double[] Scores) Order(ClassLogits logits, int count)
    {
        var scores = new double[logits.RowCount];
        Compute(logits, scores);
        double[] activations = Activations(logits, out int[] predicted);
        int[] positions =
        [
            .. Enumerable.Range(0, scores.Length)
                .OrderByDescending(i => scores[i])
                .ThenByDescending(i => predicted[i] < logits.ClassCount - 1 ? activations[i] : -activations[i])
                .Take(count),
        ];
        return (positions, Array.ConvertAll(positions, i => scores[i]));
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Labelled.Count == 0)
        {
            throw new InvalidOperationException($"{Name} trains a detector on labelled items, and no item is labelled yet.");
        }

        (int[] positions, double[] scores) = Order(Detect(context), count);
        return new Batch(positions, scores);
    }

    /// <summary>The largest logit of each row, and where it is.</summary>
    private static double[] Activations(ClassLogits logits, out int[] predicted)
    {
        var activations = new double[logits.RowCount];
        predicted = new int[logits.RowCount];
        for (int i = 0; i < activations.Length; i++)
        {
            ReadOnlySpan<double> row = logits.Values.Slice(i * logits.ClassCount, logits.ClassCount);
            predicted[i] = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
            activations[i] = row[predicted[i]];
        }

        return activations;
    }

    private ClassLogits Detect(QueryContext context)
    {
        var rows = StandardisedRows.Of(context, _space);
        int[] labels = [.. context.Labelled.ClassLabels(), .. Enumerable.Repeat(context.Task.ClassCount, context.OutOfDistribution.Count)];
        RandomStream random = context.RandomFor(nameof(LfOSAStrategy));
        var detector = new OpenSetDetector(
            rows.Width, _hiddenWidth, context.Task.ClassCount, _temperature, _outsideTemperature, _centreLossWeight, random.Child("weights"));
        detector.Train(rows, context.Pool.Count, labels, _epochs, random.Child("order"), context.CancellationToken);
        return new ClassLogits(
            detector.Logits(rows, context.Pool.Count, context.MaxDegreeOfParallelism, context.CancellationToken), context.Task.ClassCount + 1);
    }
}
