namespace PyRelationAL.Predictions;

/// <summary>Posterior samples of consecutive candidates. Pools are walked in such blocks, so that nothing of size S×N×C is built for a whole pool.</summary>
/// <typeparam name="TSamples"><see cref="PosteriorClassSamples"/> or <see cref="PosteriorValueSamples"/>.</typeparam>
/// <param name="Start">The pool position of the block's first row.</param>
/// <param name="Samples">The samples of the block's rows.</param>
public readonly record struct PosteriorBlock<TSamples>(int Start, TSamples Samples);
