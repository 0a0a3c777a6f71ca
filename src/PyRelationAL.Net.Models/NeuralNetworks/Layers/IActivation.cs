using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>An element-wise function and its derivative.</summary>
internal interface IActivation
{
    static abstract Vector<float> Value(Vector<float> x);

    /// <summary>The derivative at x, given the value y there.</summary>
    static abstract Vector<float> Derivative(Vector<float> x, Vector<float> y);
}
