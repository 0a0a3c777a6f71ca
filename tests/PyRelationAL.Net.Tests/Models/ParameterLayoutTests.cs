using PyRelationAL.Models;

namespace PyRelationAL.Tests;

public sealed class ParameterLayoutTests
{
    [Test]
    public void Groups_follow_one_another()
    {
        var layout = new ParameterLayout([new("weights", 0, 6, true), new("biases", 6, 2, false)]);
        Assert.That(layout.Count, Is.EqualTo(8));
        Assert.That(layout.Groups.Single(g => g.IsWeight).Name, Is.EqualTo("weights"));
    }

    [TestCase(1, 2)]
    [TestCase(0, 0)]
    public void Gaps_and_empty_groups_are_refused(int start, int length) =>
        Assert.That(() => new ParameterLayout([new("first", start, length, true)]), Throws.ArgumentException.With.Message.Contains("first"));
}
