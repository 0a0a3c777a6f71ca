using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>tanh x.</summary>
internal readonly struct HyperbolicTangent : IActivation
{
    public static Vector<float> Value(Vector<float> x) => VectorExp.Tanh(x);

    public static Vector<float> Derivative(Vector<float> x, Vector<float> y) => Vector<float>.One - (y * y);
}
