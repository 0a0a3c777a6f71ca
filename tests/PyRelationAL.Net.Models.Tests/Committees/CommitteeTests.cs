using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests.Committees;

public class CommitteeTests
{
    [Test]
    public void MembersDifferAndTheirMeanIsTheProbability()
    {
        var committee = new ClassifierCommittee();
        DatasetView data = Toy.Classification(40);
        committee.Train(data, null, new RandomStream(1));
        PosteriorClassSamples samples = committee.SampleProbabilities(data, new RandomStream(2));
        Assert.That(samples.SampleCount, Is.EqualTo(10));
        Assert.That(samples.Row(0, 5).ToArray(), Is.Not.EqualTo(samples.Row(1, 5).ToArray()));
        Assert.That(committee.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(samples.Mean().Values.ToArray()));
    }

    [Test]
    public void EveryBagHasTwoClassesWhereThereAreTwo()
    {
        var recorders = new List<Recorder>();
        var committee = new ClassifierCommittee(() => Recorder.Of(recorders), new() { MemberCount = 40 });
        committee.Train(Toy.FromClassification([[0], [1], [2], [3], [4]], [0, 0, 0, 0, 1], 2), null, new RandomStream(1));
        Assert.That(recorders, Has.Count.EqualTo(40));
        Assert.That(recorders.Select(r => r.Bag!.Count), Has.All.EqualTo(5));
        Assert.That(recorders.Select(r => r.Bag!.ClassLabels().Distinct().Count()), Has.All.EqualTo(2));
        Assert.That(recorders.Select(r => string.Join(",", r.Bag!.Indices.ToArray())).Distinct().Count(), Is.GreaterThan(30));
    }

    [Test]
    public void OneClassAndOneRowTrain()
    {
        var committee = new ClassifierCommittee();
        DatasetView one = Toy.FromClassification([[0]], [1], 3);
        committee.Train(one, null, new RandomStream(1));
        Assert.That(committee.PredictProbabilities(one).Row(0).ToArray(), Is.EqualTo(new[] { 0.0, 1, 0 }));
    }

    [Test]
    public void ThreadsDoNotChangeABit()
    {
        DatasetView data = Toy.Classification(30), values = Toy.Regression(30);
        var results = new[] { 1, 2, -1 }.Select(threads =>
        {
            var options = new CommitteeOptions { MaxDegreeOfParallelism = threads, MemberCount = 5 };
            var classifier = new ClassifierCommittee(() => new GaussianProcessClassifier(), options);
            classifier.Train(data, null, new RandomStream(1));
            var regressor = new RegressorCommittee(() => new GaussianProcessRegressor(), options);
            regressor.Train(values, null, new RandomStream(1));
            return classifier.PredictProbabilities(data).Values.ToArray()
                .Concat(regressor.SampleValues(values, new RandomStream(1)).Values.ToArray()).ToArray();
        }).ToArray();
        Assert.That(results[1], Is.EqualTo(results[0]));
        Assert.That(results[2], Is.EqualTo(results[0]));
    }

    [Test]
    public void RegressorTakesMeansAndPlainValues()
    {
        DatasetView data = Toy.Regression(30);
        var gaussian = new RegressorCommittee(() => new BayesianLinearRegression());
        gaussian.Train(data, null, new RandomStream(1));
        PosteriorValueSamples samples = gaussian.SampleValues(data, new RandomStream(1));
        Assert.That(samples.Moments().StandardDeviation[0], Is.GreaterThan(0));
        Assert.That(((IModelManager)gaussian).Evaluate(data)["r2"], Is.GreaterThan(0.5));

        var plain = new RegressorCommittee(() => new Plain(), new() { MemberCount = 2 });
        plain.Train(data, null, new RandomStream(1));
        Assert.That(plain.SampleValues(data, new RandomStream(1)).Values.ToArray(), Has.All.EqualTo(7.0));
    }

    [Test]
    public void UnsuitableMembersAreRefusedAtConstruction()
    {
        Assert.That(() => new ClassifierCommittee(() => new BayesianLinearRegression()),
            Throws.ArgumentException.With.Message.Contains("BayesianLinearRegression").And.Message.Contains("IClassProbabilityPredictor"));
        Assert.That(() => new RegressorCommittee(() => new LogisticRegression()), Throws.ArgumentException);
        Assert.That(() => new RegressorCommittee(() => null!), Throws.ArgumentException);
        var shared = new LogisticRegression();
        Assert.That(() => new ClassifierCommittee(() => shared), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new ClassifierCommittee(() => new LogisticRegression(), new() { MemberCount = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new ClassifierCommittee(() => new LogisticRegression(), new() { MaxDegreeOfParallelism = 0 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void AMembersFailureComesThroughAndLeavesTheCommitteeUntrained([Values(1, -1)] int threads)
    {
        var committee = new RegressorCommittee(() => new Plain { Fails = true }, new() { MaxDegreeOfParallelism = threads });
        Assert.That(() => committee.Train(Toy.Regression(5), null, new RandomStream(1)), Throws.InstanceOf<ModelTrainingException>());
        Assert.That(committee.IsTrained, Is.False);
    }

    private sealed class Plain : IModelManager, IValuePredictor
    {
        public bool Fails { get; init; }

        public bool IsTrained { get; private set; }

        public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) =>
            IsTrained = !Fails ? true : throw new ModelTrainingException("no");

        public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default) => [.. Enumerable.Repeat(7.0, items.Count)];

        public void Reset() => IsTrained = false;
    }

    private sealed class Recorder : IModelManager, IClassProbabilityPredictor
    {
        public DatasetView? Bag { get; private set; }

        public bool IsTrained => Bag is not null;

        public static Recorder Of(List<Recorder> all)
        {
            var recorder = new Recorder();
            all.Add(recorder);
            return recorder;
        }

        public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) => Bag = labelled;

        public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public void Reset() => Bag = null;
    }
}
