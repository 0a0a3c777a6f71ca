using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Statistics;

public sealed class SampleStatisticsTests
{
    [Test]
    public void TheIntervalIsStudents()
    {
        // scipy 1.10: x = [1, 2, 3, 4, 10]; x.std(ddof=1) = 3.5355339059327378; stats.t.ppf(0.975, 4) = 2.7764451051977987
        SampleStatistics s = SampleStatistics.Of([1, 2, 3, 4, 10]);
        Assert.That(s.Count, Is.EqualTo(5));
        Assert.That(s.Mean, Is.EqualTo(4).Within(1e-12));
        Assert.That(s.StandardDeviation, Is.EqualTo(3.5355339059327378).Within(1e-12));
        Assert.That(s.HalfWidth, Is.EqualTo(2.7764451051977987 * 3.5355339059327378 / Math.Sqrt(5)).Within(1e-9));
    }

    [Test]
    public void OneValueHasNoSpread()
    {
        SampleStatistics s = SampleStatistics.Of([2.5]);
        Assert.That((s.Mean, s.StandardDeviation, s.HalfWidth), Is.EqualTo((2.5, double.NaN, double.NaN)));
    }

    [Test]
    public void NoValuesAreRefused() => Assert.That(() => SampleStatistics.Of([]), Throws.ArgumentException);
}
