namespace PyRelationAL.Strategies;

/// <summary>
/// The weights of Exp4.P (Beygelzimer et al., AISTATS 2011) over K strategies for T rounds: p_k = (1 − K p_min) w_k / Σw + p_min with
/// p_min = √(ln K / (K T)), at most 1/K; after a round, w_k grows by the factor exp(p_min/2 · (ŷ_k + √(ln(K/δ) / (K T)) / p_k)), where ŷ_k is an unbiased
/// estimate of the reward of having followed k. The second term favours what was rarely followed.
/// </summary>
internal sealed class ExpertWeights
{
    private readonly double[] _logWeights;
    private readonly double _least;
    private readonly double _confidence;

    /// <param name="count">K, at least 1.</param>
    /// <param name="horizon">T, at least 1.</param>
    /// <param name="delta">δ, in (0, 1]: the bound on the regret holds with probability 1 − δ.</param>
    public ExpertWeights(int count, int horizon, double delta)
    {
        _logWeights = new double[count];
        _least = Math.Min(1.0 / count, Math.Sqrt(Math.Log(count) / ((double)count * horizon)));
        _confidence = Math.Sqrt(Math.Log(count / delta) / ((double)count * horizon));
    }

    /// <summary>p [K], positive, with sum 1.</summary>
    public double[] Probabilities()
    {
        int count = _logWeights.Length;
        double largest = _logWeights.Max();
        double[] weights = Array.ConvertAll(_logWeights, log => Math.Exp(log - largest));
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => ((1 - (count * _least)) * weight / sum) + _least);
    }

    /// <summary>Learns from a round.</summary>
    /// <param name="rewards">ŷ [K].</param>
    public void Learn(ReadOnlySpan<double> rewards)
    {
        double[] probabilities = Probabilities();
        for (int k = 0; k < _logWeights.Length; k++)
        {
            _logWeights[k] += _least / 2 * (rewards[k] + (_confidence / probabilities[k]));
        }
    }
}
