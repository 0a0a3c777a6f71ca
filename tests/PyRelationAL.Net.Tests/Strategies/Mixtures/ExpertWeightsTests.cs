using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Exp4.P. Numbers worked out by hand from the formulas of Beygelzimer et al. (2011).</summary>
public sealed class ExpertWeightsTests
{
    [Test]
    public void One_step()
    {
        // p_min = √(ln 2 / 20) = 0.18616487; √(ln 20 / 20) = 0.38702275.
        var weights = new ExpertWeights(2, 10, 0.1);
        Assert.That(weights.Probabilities(), Is.EqualTo([0.5, 0.5]).Within(1e-15));
        weights.Learn([3, 0]);
        Assert.That(weights.Probabilities()[0], Is.EqualTo(0.5435362645).Within(1e-9));
        weights.Learn([0, 1]);

        // Exponents 0.093082435 · (3 + 0.38702275 / 0.5) and 0.093082435 · 0.38702275 / 0.5; then + 0.38702275 / 0.54353626 and + 1 + 0.38702275 / 0.45646374.
        const double First = 0.5271605116;
        Assert.That(weights.Probabilities(), Is.EqualTo([First, 1 - First]).Within(1e-7));
    }

    [Test]
    public void A_steady_reward_leads_to_all_but_exploration()
    {
        var weights = new ExpertWeights(3, 1000, 0.1);
        for (int i = 0; i < 5000; i++)
        {
            weights.Learn([0, 1, 0]);
        }

        // The bonus for what is rarely followed keeps the others a little above p_min = 0.0191.
        Assert.That(weights.Probabilities(), Is.EqualTo([0.033, 0.934, 0.033]).Within(2e-3));
    }

    [Test]
    public void A_single_expert_is_always_followed()
    {
        var weights = new ExpertWeights(1, 5, 0.1);
        weights.Learn([1]);
        Assert.That(weights.Probabilities(), Is.EqualTo([1.0]));
    }

    [Test]
    public void A_short_horizon_explores_evenly()
    {
        var weights = new ExpertWeights(3, 1, 1);
        weights.Learn([100, 0, 0]);
        Assert.That(weights.Probabilities(), Is.All.GreaterThan(0));
        Assert.That(weights.Probabilities().Sum(), Is.EqualTo(1).Within(1e-15));
    }
}
