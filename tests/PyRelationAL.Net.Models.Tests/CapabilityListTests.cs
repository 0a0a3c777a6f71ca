using PyRelationAL.Models;

namespace PyRelationAL.Tests;

public class CapabilityListTests
{
    [Test]
    public void TheBuiltInListNamesExactlyTheModelsThatHaveEachCapability()
    {
        foreach (Capabilities capability in Enum.GetValues<Capabilities>().Where(c => c != Capabilities.None))
        {
            string[] having =
            [
                .. BuiltInModels.Types.Where(t => CapabilityExtensions.CapabilitiesOf(BuiltInModels.Create(t)).HasFlag(capability)).Select(t => t.Name),
            ];
            Assert.That(CapabilityExtensions.BuiltInModelsWith(capability), Is.EquivalentTo(having), capability.ToString());
        }
    }
}
