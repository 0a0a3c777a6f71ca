using System.Numerics;
using PyRelationAL.Models.NeuralNetworks;

namespace PyRelationAL.Tests.NeuralNetworks;

public sealed class VectorFunctionTests
{
    [Test]
    public void TheExponentialIsWithinTwoUnitsInTheLastPlace()
    {
        for (float x = -87; x <= 88; x += 0.0137f)
        {
            double expected = Math.Exp(x), unit = MathF.BitIncrement((float)expected) - (float)expected;
            float actual = VectorExp.Exp(new Vector<float>(x))[0];
            Assert.That(Math.Abs(actual - expected), Is.LessThanOrEqualTo(2 * unit), $"e^{x}");
        }
    }

    [Test]
    public void BeyondItsRangeTheExponentialStaysFiniteAndPositive()
    {
        foreach (float x in new[] { -1e30f, -88f, 89f, 1e30f, float.PositiveInfinity, float.NegativeInfinity })
        {
            Assert.That(VectorExp.Exp(new Vector<float>(x))[0], Is.InRange(1e-38f, float.MaxValue), $"{x}");
        }

        Assert.That(VectorExp.Exp(new Vector<float>(float.NaN))[0], Is.NaN, "a fault must not turn into a number");
    }

    [Test]
    public void ActivationsAreTheirFormulas([Values(-30f, -5f, -1f, -0.1f, 0f, 0.1f, 1f, 5f, 30f)] float x)
    {
        double tanh = Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));
        AssertValue<Relu>(Math.Max(x, 0));
        AssertValue<Elu>(x > 0 ? x : Math.Exp(x) - 1);
        AssertValue<HyperbolicTangent>(Math.Tanh(x));
        AssertValue<Sigmoid>(1 / (1 + Math.Exp(-x)));
        AssertValue<Gelu>(0.5 * x * (1 + tanh));

        void AssertValue<T>(double expected)
            where T : struct, IActivation =>
            Assert.That(T.Value(new Vector<float>(x))[0], Is.EqualTo(expected).Within(4e-7 * Math.Max(1, Math.Abs(expected))), typeof(T).Name);
    }
}
