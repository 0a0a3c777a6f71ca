using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid : IActivation
{
    public static Vector<float> Value(Vector<float> x) => VectorExp.Sigmoid(x);

    public static Vector<float> Derivative(Vector<float> x, Vector<float> y) => y * (Vector<float>.One - y);
}
