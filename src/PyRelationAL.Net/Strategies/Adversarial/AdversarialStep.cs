using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>Says where to move inputs next, so that they leave their class.</summary>
/// <param name="function">The model.</param>
/// <param name="inputs">Where they are [R×F].</param>
/// <param name="outputs">f there [R×K], row-major.</param>
/// <param name="classes">The class that each is to leave [R].</param>
/// <param name="steps">The steps to write [R×F], row-major; all 0 when called, and left so where there is no way.</param>
/// <param name="cancellationToken">Stops the computation.</param>
internal delegate void AdversarialStep(
    IInputGradients function, FeatureMatrix inputs, double[] outputs, int[] classes, double[] steps, CancellationToken cancellationToken);
