using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>D(z), large for candidates and small for labelled items, kept smooth by a penalty on its gradients (Gulrajani et al., NIPS 2017).</summary>
internal sealed class WassersteinCritic(int width, WAALOptions options, RandomStream random)
{
    public MultilayerPerceptron Network { get; } = new(random, width, options.HiddenWidth, options.HiddenWidth, 1);

    public int Width => width;

    /// <summary>
    /// Sums up the gradient of −(mean D over candidates − γ · mean D over labelled items) + ρ · mean (‖∇D‖ − 1)² over both and over mixtures of pairs of them.
    /// </summary>
    /// <param name="candidates">Rows of candidates.</param>
    /// <param name="labelled">Rows of labelled items.</param>
    /// <param name="shares">For each pair of a mixture the share, in [0, 1], of the labelled one; the k-th labelled item meets the k-th candidate, the
    /// shorter side in turn.</param>
    /// <returns>The loss.</returns>
    public double Accumulate(double[] candidates, double[] labelled, double[] shares)
    {
        int unlabelledCount = candidates.Length / width, labelledCount = labelled.Length / width;
        var mixtures = new double[shares.Length * width];
        for (int i = 0; i < mixtures.Length; i++)
        {
            int k = i / width, j = i % width;
            double x = candidates[(k % unlabelledCount * width) + j], y = labelled[(k % labelledCount * width) + j];
            mixtures[i] = x + (shares[k] * (y - x));
        }

        double[] rows = [.. candidates, .. labelled, .. mixtures];
        int count = rows.Length / width;
        double[][] passed = Network.Forward(rows, count);
        double[] outputs = passed[^1], ones = new double[count], byOutput = new double[count], byNorm = new double[count];
        Array.Fill(ones, 1.0);
        double[] slopes = Network.Backward(passed, ones, accumulate: false);
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double norm = TensorPrimitives.Norm<double>(slopes.AsSpan(i * width, width)), excess = norm - 1;
            loss += options.GradientPenalty * excess * excess / count;
            byNorm[i] = norm > 0 ? 2 * options.GradientPenalty * excess / (norm * count) : 0;
            byOutput[i] = -Weight(i, unlabelledCount, labelledCount);
            loss += byOutput[i] * outputs[i];
        }

        Network.Backward(passed, byOutput, accumulate: true);
        Network.AccumulateDirectional(passed, slopes, byNorm);
        return loss;
    }

    /// <summary>
    /// The distance, as the critic measures it, that features are to make small: mean D over candidates − γ · mean D over labelled items. It is what the critic
    /// makes large: the features of candidates descend D, those of labelled items climb it, and the two become alike.
    /// </summary>
    /// <param name="candidates">Rows of candidates.</param>
    /// <param name="labelled">Rows of labelled items.</param>
    /// <returns>The distance, and its gradient by the rows, candidates first.</returns>
    public (double Distance, double[] Gradient) Distance(double[] candidates, double[] labelled)
    {
        int unlabelledCount = candidates.Length / width, labelledCount = labelled.Length / width;
        double[][] passed = Network.Forward([.. candidates, .. labelled], unlabelledCount + labelledCount);
        double[] weights = [.. Enumerable.Range(0, unlabelledCount + labelledCount).Select(i => Weight(i, unlabelledCount, labelledCount))];
        return (TensorPrimitives.Dot<double>(weights, passed[^1]), Network.Backward(passed, weights, accumulate: false));
    }

    /// <summary>This critic as it is now, to be asked, not to be trained on.</summary>
    public WassersteinCritic Copy()
    {
        var copy = new WassersteinCritic(width, options, new RandomStream(0));
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            Network.Layers[l].Parameters.CopyTo(copy.Network.Layers[l].Parameters, 0);
        }

        return copy;
    }

    /// <summary>D of each row.</summary>
    public double[] Outputs(double[] rows) => Network.Forward(rows, rows.Length / width)[^1];

    /// <summary>What D of a row counts for in the distance: candidates, labelled items, mixtures.</summary>
    private double Weight(int row, int unlabelledCount, int labelledCount) =>
        row < unlabelledCount ? 1.0 / unlabelledCount : row < unlabelledCount + labelledCount ? -options.LabelledWeight / labelledCount : 0;
}
