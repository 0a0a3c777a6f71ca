namespace PyRelationAL.Strategies;

/// <summary>What a query of <see cref="MQNetStrategy"/> was answered.</summary>
/// <param name="Query">The query.</param>
/// <param name="Inputs">What Φ saw of each item that is known by now.</param>
/// <param name="Losses">−ln p of its class, or 0 of what is of none.</param>
internal sealed record MetaAnswers(MetaQuery Query, (double Informativeness, double Purity)[] Inputs, double[] Losses);
