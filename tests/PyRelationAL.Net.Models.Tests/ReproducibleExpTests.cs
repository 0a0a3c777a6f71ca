using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public class ReproducibleExpTests
{
    [Test]
    public void TheBitsDoNotDependOnWhereTheNumbersLie([Values(3, 65, 70, 465)] int count)
    {
        var random = new RandomStream(count);
        double[] exponents = [.. Enumerable.Range(0, count).Select(_ => -1000 * random.NextDouble())];
        double[] source = GC.AllocateArray<double>(count + 8, pinned: true), target = GC.AllocateArray<double>(count + 8, pinned: true);
        double[]? first = null;
        for (int from = 0; from < 8; from++)
        {
            for (int to = 0; to < 8; to++)
            {
                exponents.CopyTo(source, from);
                ReproducibleExp.Write(source.AsSpan(from, count), target.AsSpan(to, count));
                double[] result = target[to..(to + count)];
                first ??= result;
                Assert.That(result, Is.EqualTo(first), $"from {from} to {to}");
            }
        }
    }

    [Test]
    public void AgreesWithTheExponential()
    {
        double[] exponents = [0, -1e-20, -0.5, -1, -30, -700, -745, -1e6, -1e300], result = new double[9];
        ReproducibleExp.Write(exponents, result);
        for (int i = 0; i < result.Length; i++)
        {
            Assert.That(result[i], Is.EqualTo(Math.Exp(exponents[i])).Within(1e-14 * Math.Exp(exponents[i])).Or.LessThan(1e-307), $"{exponents[i]}");
        }
    }
}
