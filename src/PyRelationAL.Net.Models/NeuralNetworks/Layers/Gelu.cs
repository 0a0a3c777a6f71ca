using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>x Φ(x), by its approximation ½x(1 + tanh(√(2/π)(x + 0.044715x³))) (Hendrycks and Gimpel, 2016).</summary>
internal readonly struct Gelu : IActivation
{
    private const float RootTwoOverPi = 0.797884560802865f;
    private const float Cubic = 0.044715f;

    public static Vector<float> Value(Vector<float> x) => 0.5f * x * (Vector<float>.One + Inner(x));

    public static Vector<float> Derivative(Vector<float> x, Vector<float> y)
    {
        Vector<float> t = Inner(x);
        Vector<float> slope = RootTwoOverPi * (Vector<float>.One + (3 * Cubic * x * x));
        return 0.5f * (Vector<float>.One + t + (x * (Vector<float>.One - (t * t)) * slope));
    }

    private static Vector<float> Inner(Vector<float> x) => VectorExp.Tanh(RootTwoOverPi * x * (Vector<float>.One + (Cubic * x * x)));
}
