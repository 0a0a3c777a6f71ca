using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class ModelCatalogueTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Classification(3), LearningTask.Regression];

    [Test]
    public void EveryModelIsMadeAnewForEachOfItsTasks([ValueSource(typeof(ModelCatalogue), nameof(ModelCatalogue.All))] ModelDescription model)
    {
        foreach (LearningTask task in Tasks.Where(task => model.Tasks.HasFlag(task.Kind)))
        {
            IModelManager first = model.Create(task);
            Assert.That(first.IsTrained, Is.False);
            Assert.That(model.Create(task), Is.Not.SameAs(first));
        }
    }

    [Test]
    public void NamesAreFoundInAnyLetterCaseAndMistypedOnesAreExplained()
    {
        Assert.That(ModelCatalogue.Find(" gaussianprocess ").Name, Is.EqualTo("GaussianProcess"));
        Assert.That(() => ModelCatalogue.Find("LogisticRegresion"), Throws.ArgumentException.With.Message.Contains("Did you mean 'LogisticRegression'?"));
    }

    [Test]
    public void TheDefaultIsForBothTasks() =>
        Assert.That(ModelCatalogue.Default.Tasks, Is.EqualTo(TaskKinds.Classification | TaskKinds.Regression));
}
