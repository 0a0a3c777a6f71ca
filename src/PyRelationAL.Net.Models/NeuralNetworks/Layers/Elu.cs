using System.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>x above 0, eˣ − 1 below (Clevert, Unterthiner and Hochreiter, ICLR 2016).</summary>
internal readonly struct Elu : IActivation
{
    public static Vector<float> Value(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), VectorExp.Exp(x) - Vector<float>.One, x);

    public static Vector<float> Derivative(Vector<float> x, Vector<float> y) =>
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), y + Vector<float>.One, Vector<float>.One);
}
