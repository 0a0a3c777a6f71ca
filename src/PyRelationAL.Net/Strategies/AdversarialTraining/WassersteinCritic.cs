using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>D(z), large for candidates and small for labelled items, kept smooth by a penalty on its gradients (Gulrajani et al., NIPS 2017).</summary>
internal sealed class WassersteinCritic(int width, WAALOptions options, RandomStream random)
{
    private NetworkPass? _pass;
    private NetworkPass? _tangents;

    public SmallNetwork Network { get; } = new(random, width, options.HiddenWidth, options.HiddenWidth, 1);

    public int Width => width;

    /// <summary>
    /// Leaves in the network the gradient of −(mean D over candidates − γ · mean D over labelled items) + ρ · mean (‖∇D‖ − 1)² over both and over mixtures of
    /// pairs of them.
    /// </summary>
    /// <param name="candidates">Rows of candidates.</param>
    /// <param name="labelled">Rows of labelled items.</param>
    /// <param name="shares">For each pair of a mixture the share, in [0, 1], of the labelled one; the k-th labelled item meets the k-th candidate, the
    /// shorter side in turn.</param>
    /// <returns>The loss.</returns>
    public double Accumulate(ReadOnlySpan<double> candidates, ReadOnlySpan<double> labelled, ReadOnlySpan<double> shares)
    {
        int unlabelledCount = candidates.Length / width, labelledCount = labelled.Length / width, count = unlabelledCount + labelledCount + shares.Length;
        NetworkPass pass = Begin(candidates, labelled, shares.Length);
        Span<double> mixtures = pass.Inputs[(candidates.Length + labelled.Length)..];
        for (int k = 0; k < shares.Length; k++)
        {
            ReadOnlySpan<double> x = candidates.Slice(k % unlabelledCount * width, width), y = labelled.Slice(k % labelledCount * width, width);
            TensorPrimitives.Lerp(x, y, shares[k], mixtures.Slice(k * width, width));
        }

        Network.Forward(pass);
        pass.OutputGradient.Fill(1);
        Network.Backward(pass, learn: false, toInputs: true);
        ReadOnlySpan<double> slopes = pass.InputGradient;
        double[] byOutput = new double[count], byNorm = new double[count];
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double norm = TensorPrimitives.Norm(slopes.Slice(i * width, width)), excess = norm - 1;
            loss += options.GradientPenalty * excess * excess / count;
            byNorm[i] = norm > 0 ? 2 * options.GradientPenalty * excess / (norm * count) : 0;
            byOutput[i] = -Weight(i, unlabelledCount, labelledCount);
            loss += byOutput[i] * pass.Outputs[i];
        }

        slopes.CopyTo(_tangents!.Inputs);
        Network.LearnFromSlopes(pass, _tangents, byOutput, byNorm);
        return loss;
    }

    /// <summary>
    /// The distance, as the critic measures it, that features are to make small: mean D over candidates − γ · mean D over labelled items. It is what the critic
    /// makes large: the features of candidates descend D, those of labelled items climb it, and the two become alike.
    /// </summary>
    /// <param name="candidates">Rows of candidates.</param>
    /// <param name="labelled">Rows of labelled items.</param>
    /// <returns>The distance, and its gradient by the rows, candidates first.</returns>
    public (double Distance, double[] Gradient) Distance(ReadOnlySpan<double> candidates, ReadOnlySpan<double> labelled)
    {
        NetworkPass pass = Begin(candidates, labelled, 0);
        for (int i = 0; i < pass.Count; i++)
        {
            pass.OutputGradient[i] = Weight(i, candidates.Length / width, labelled.Length / width);
        }

        Network.Forward(pass);
        Network.Backward(pass, learn: false, toInputs: true);
        return (TensorPrimitives.Dot<double>(pass.OutputGradient, pass.Outputs), pass.InputGradient.ToArray());
    }

    /// <summary>This critic as it is now, to be asked, not to be trained on.</summary>
    public WassersteinCritic Copy()
    {
        var copy = new WassersteinCritic(width, options, new RandomStream(0));
        Network.Parameters.CopyTo(copy.Network.Parameters);
        return copy;
    }

    /// <summary>D of each row; safe from several threads.</summary>
    public double[] Outputs(ReadOnlySpan<double> rows)
    {
        var pass = new NetworkPass(Network, rows.Length / width);
        rows.CopyTo(pass.Inputs);
        Network.Forward(pass);
        return pass.Outputs.ToArray();
    }

    /// <summary>What D of a row counts for in the distance: candidates, labelled items, mixtures.</summary>
    private double Weight(int row, int unlabelledCount, int labelledCount) =>
        row < unlabelledCount ? 1.0 / unlabelledCount : row < unlabelledCount + labelledCount ? -options.LabelledWeight / labelledCount : 0;

    /// <summary>Both sides one behind the other, with room for more rows.</summary>
    private NetworkPass Begin(ReadOnlySpan<double> candidates, ReadOnlySpan<double> labelled, int more)
    {
        int count = ((candidates.Length + labelled.Length) / width) + more;
        if (_pass is null || _pass.Capacity < count)
        {
            _pass = new NetworkPass(Network, count);
            _tangents = new NetworkPass(Network, count);
        }

        _pass.Count = count;
        _tangents!.Count = count;
        candidates.CopyTo(_pass.Inputs);
        labelled.CopyTo(_pass.Inputs[candidates.Length..]);
        return _pass;
    }
}
