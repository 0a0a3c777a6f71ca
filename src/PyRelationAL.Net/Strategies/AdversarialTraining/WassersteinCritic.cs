using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>D(z), large for candidates and small for labelled items, kept smooth by a penalty on its gradients (Gulrajani et al., NIPS 2017).</summary>
internal sealed class WassersteinCritic(int width, WAALOptions options, RandomStream random)
{
    private NetworkPass? _pass;
    private NetworkPass? _tangents;

    public SmallNetwork Network { get; } = new(random, width, options.HiddenWidth, options.HiddenWidth, 1);

    /// <summary>
    /// Leaves in the network the gradient of −(mean D over candidates − mean D over labelled items) + ρ · mean (‖∇D‖ − 1)² over both and over mixtures of pairs
    /// of them.
    /// </summary>
    /// <param name="candidates">Rows of candidates.</param>
    /// <param name="labelled">Rows of labelled items.</param>
    /// <param name="shares">For each pair of a mixture the share, in [0, 1], of the labelled one; the k-th labelled item meets the k-th candidate, the
    /// shorter side in turn.</param>
    /// <returns>The loss.</returns>
    public double Accumulate(ReadOnlySpan<double> candidates, ReadOnlySpan<double> labelled, ReadOnlySpan<double> shares)
    {
        int unlabelledCount = candidates.Length / width, labelledCount = labelled.Length / width, count = unlabelledCount + labelledCount + shares.Length;
        MakeRoom(count);
        Span<double> rows = _pass!.Inputs, mixtures = rows[(candidates.Length + labelled.Length)..];
        candidates.CopyTo(rows);
        labelled.CopyTo(rows[candidates.Length..]);
        for (int k = 0; k < shares.Length; k++)
        {
            ReadOnlySpan<double> x = candidates.Slice(k % unlabelledCount * width, width), y = labelled.Slice(k % labelledCount * width, width);
            TensorPrimitives.Lerp(x, y, shares[k], mixtures.Slice(k * width, width));
        }

        Network.Forward(_pass);
        _pass.OutputGradient.Fill(1);
        Network.Backward(_pass, learn: false, toInputs: true);
        ReadOnlySpan<double> slopes = _pass.InputGradient;
        double[] byOutput = new double[count], byNorm = new double[count];
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double norm = TensorPrimitives.Norm(slopes.Slice(i * width, width)), excess = norm - 1;
            loss += options.GradientPenalty * excess * excess / count;
            byNorm[i] = norm > 0 ? 2 * options.GradientPenalty * excess / (norm * count) : 0;
            byOutput[i] = i < unlabelledCount ? -1.0 / unlabelledCount : i < unlabelledCount + labelledCount ? 1.0 / labelledCount : 0;
            loss += byOutput[i] * _pass.Outputs[i];
        }

        slopes.CopyTo(_tangents!.Inputs);
        Network.LearnFromSlopes(_pass, _tangents, byOutput, byNorm);
        return loss;
    }

    /// <summary>D of each row; safe from several threads.</summary>
    public double[] Outputs(ReadOnlySpan<double> rows)
    {
        var pass = new NetworkPass(Network, rows.Length / width);
        rows.CopyTo(pass.Inputs);
        Network.Forward(pass);
        return pass.Outputs.ToArray();
    }

    private void MakeRoom(int count)
    {
        if (_pass is null || _pass.Capacity < count)
        {
            _pass = new NetworkPass(Network, count);
            _tangents = new NetworkPass(Network, count);
        }

        _pass.Count = count;
        _tangents!.Count = count;
    }
}
