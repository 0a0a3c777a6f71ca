namespace PyRelationAL.Strategies;

/// <summary>One item that <see cref="ALBLStrategy"/> drew, with what its bandit needs to learn from it.</summary>
/// <param name="Index">The item's dataset index.</param>
/// <param name="Probability">q, the probability with which it was drawn.</param>
/// <param name="Advice">φ [K], the probability with which each strategy advised it.</param>
internal sealed record BanditDraw(int Index, double Probability, double[] Advice);
