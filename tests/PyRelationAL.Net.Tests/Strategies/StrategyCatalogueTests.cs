using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class StrategyCatalogueTests
{
    // Building blocks that need another strategy, a score or a way to train to mean anything.
    private static readonly Type[] BuildingBlocks =
    [
        typeof(CompositeStrategy), typeof(SubPoolStrategy), typeof(OpenSetFilterStrategy), typeof(ClassBalancerStrategy), typeof(AnchorALStrategy),
        typeof(SEALSStrategy), typeof(ScheduledStrategy), typeof(ExpectedErrorReductionStrategy),
    ];

    public static IEnumerable<StrategyDescription> All => StrategyCatalogue.All;

    [Test]
    public void Every_strategy_is_in_the_catalogue_once_and_in_order()
    {
        Assert.That(StrategyCatalogue.All.Select(d => d.Type), Is.EquivalentTo(Subjects.TypesOf<IStrategy>().Except(BuildingBlocks)));
        Assert.That(StrategyCatalogue.All.Select(d => d.Name), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [TestCaseSource(nameof(All))]
    public void A_description_makes_its_type_for_every_task_it_names(StrategyDescription description)
    {
        Assert.That(description.Name + "Strategy", Is.EqualTo(description.Type.Name));
        Assert.That(description.Summary, Does.EndWith("."));
        Assert.That(description.Reference, Is.Not.Empty);
        foreach (LearningTask task in new[] { LearningTask.Classification(3), LearningTask.Regression, LearningTask.MultiLabel(2) }
            .Where(t => description.Tasks.HasFlag(t.Kind)))
        {
            IStrategy strategy = description.Create(task);
            Assert.That(strategy, Is.TypeOf(description.Type));
            Assert.That(strategy.Name, Is.EqualTo(description.Name));
            Assert.That(strategy.Requirements.Tasks.HasFlag(task.Kind), $"made for {task}, and defined for {strategy.Requirements.Tasks}");
            if (task.Kind != TaskKinds.MultiLabel)
            {
                Datasets.InMemoryDataset data = TestData.For(task.Kind, TestData.Rows(24));
                FakeModel model = Rounds.Joined(Rounds.ModelsFor(strategy.Requirements, task.Kind).First(), strategy, data);
                Assert.That(strategy.Suggest(Rounds.Over(data, model), 3).Indices, Has.Count.EqualTo(3));
            }
        }
    }

    [TestCase("LeastConfidence", typeof(LeastConfidenceStrategy))]
    [TestCase("leastconfidence", typeof(LeastConfidenceStrategy))]
    [TestCase("LEASTCONFIDENCESTRATEGY", typeof(LeastConfidenceStrategy))]
    [TestCase(" RandomAcquisition ", typeof(RandomAcquisitionStrategy))]
    [TestCase("entropy", typeof(EntropyClassificationStrategy))]
    [TestCase("Margin", typeof(MarginalConfidenceStrategy))]
    [TestCase("MarginConfidence", typeof(MarginalConfidenceStrategy))]
    [TestCase("ratio", typeof(RatioConfidenceStrategy))]
    [TestCase("random", typeof(RandomAcquisitionStrategy))]
    [TestCase("variance", typeof(VarianceReductionStrategy))]
    [TestCase("representative", typeof(RepresentativeSamplingStrategy))]
    [TestCase("Thompson", typeof(ThompsonSamplingStrategy))]
    [TestCase("ucb", typeof(UpperConfidenceBoundStrategy))]
    [TestCase("ei", typeof(ExpectedImprovementStrategy))]
    [TestCase("qbc", typeof(QueryByCommitteeStrategy))]
    [TestCase("egl", typeof(ExpectedGradientLengthStrategy))]
    [TestCase("emcm", typeof(ExpectedModelChangeStrategy))]
    [TestCase("emvr", typeof(ExpectedVarianceReductionStrategy))]
    [TestCase("GSx", typeof(KCentreGreedyStrategy))]
    [TestCase("GSy", typeof(OutputGreedySamplingStrategy))]
    [TestCase("iGS", typeof(ImprovedGreedySamplingStrategy))]
    [TestCase("bim", typeof(AdversarialBIMStrategy))]
    [TestCase("DeepFool", typeof(AdversarialDeepFoolStrategy))]
    [TestCase("LL", typeof(LearningLossStrategy))]
    public void Names_are_found_in_any_case_with_or_without_suffix_and_by_synonym(string name, Type type) =>
        Assert.That(StrategyCatalogue.Find(name).Type, Is.EqualTo(type));

    [TestCase("openSetFilter:margin", "OpenSetFilter:MarginalConfidence", typeof(OpenSetFilterStrategy), TaskKinds.Classification)]
    [TestCase("ClassBalancerStrategy : AnchorAL:badge", "ClassBalancer:AnchorAL:BADGE", typeof(ClassBalancerStrategy), TaskKinds.Classification)]
    [TestCase("powerBALD", "Power:ClassificationBALD", typeof(CompositeStrategy), TaskKinds.Classification)]
    [TestCase("AnchorAL:softrank:entropy", "AnchorAL:SoftRank:EntropyClassification", typeof(AnchorALStrategy), TaskKinds.Classification)]
    [TestCase("Softmax:RelativeDistance", "Softmax:RelativeDistance", typeof(CompositeStrategy), TaskKinds.Any)]
    [TestCase("MQNet:entropy", "MQNet:EntropyClassification", typeof(MQNetStrategy), TaskKinds.Classification)]
    [TestCase("SEALS:GSx", "SEALS:KCentreGreedy", typeof(SEALSStrategy), TaskKinds.Any)]
    [TestCase("random:3+seals:badge:2+margin", "RandomAcquisition:3+SEALS:BADGE:2+MarginalConfidence", typeof(ScheduledStrategy), TaskKinds.Classification)]
    public void A_wrapper_goes_before_the_name_of_what_it_wraps(string name, string full, Type type, TaskKinds tasks)
    {
        StrategyDescription found = StrategyCatalogue.Find(name);
        Assert.That((found.Name, found.Type, found.Tasks), Is.EqualTo((full, type, tasks)));
        Assert.That(StrategyCatalogue.Find(full).Name, Is.EqualTo(full));
        Assert.That(found.Create(LearningTask.Classification(3)), Is.TypeOf(type));
        Assert.That(found.Summary, Does.EndWith("."));
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(40), 3), new FakeNetwork());
        Assert.That(found.Create(LearningTask.Classification(3)).Suggest(context, 4).Indices, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_criterion_before_a_name_draws_by_the_scores()
    {
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities([.. items.Indices.ToArray().SelectMany(i => i < 14 ? new[] { 0.5, 0.5 } : [1.0, 0])], 2),
        };
        QueryContext Context(long seed) => Rounds.Over(TestData.Classification(TestData.Rows(104), 2), model, seed: seed);
        IStrategy power = StrategyCatalogue.Find("Power:Entropy").Create(LearningTask.Classification(2));
        IStrategy rank = StrategyCatalogue.Find("SoftRank:Entropy").Create(LearningTask.Classification(2));
        for (int seed = 0; seed < 10; seed++)
        {
            Assert.That(power.Suggest(Context(seed), 10).Indices, Is.EquivalentTo(TestData.Range(4, 10)), "what scores 0 is drawn last");
            Assert.That(
                power.Suggest(Context(seed), 4).Indices,
                Is.EqualTo(new EntropyClassificationStrategy(Selection.Power(1)).Suggest(Context(seed), 4).Indices));
        }

        Assert.That(Enumerable.Range(0, 20).Any(seed => rank.Suggest(Context(seed), 10).Indices.Any(i => i >= 14)), "ranks go by no scale");
    }

    [TestCase("OpenSetFilter", "write OpenSetFilter:NAME")]
    [TestCase("BADGE:Margin", "AnchorAL, ClassBalancer, MQNet, OpenSetFilter, SEALS, Power, SoftRank, Softmax can")]
    [TestCase("Power:BADGE", "BADGE is not made of scores")]
    [TestCase("Power:TiDAL", "TiDAL is not made of scores")]
    [TestCase("MQNet:TypiClust", "MQNet takes the scores of a strategy, and TypiClust is not made of scores")]
    [TestCase("SEALS:Marginn", "Did you mean 'Margin'")]
    [TestCase("ClassBalancer:VarianceReduction", "not for the same task")]
    public void A_wrapper_that_does_not_fit_says_why(string name, string message) =>
        Assert.That(() => StrategyCatalogue.Find(name), Throws.ArgumentException.With.Message.Contains(message));

    [TestCase("LeastConfidense", "Did you mean 'LeastConfidence'?")]
    [TestCase("expectedimprovment", "Did you mean 'ExpectedImprovement'?")]
    [TestCase("BAL", "Did you mean 'BALD'?")]
    [TestCase("hierarch", "Did you mean 'HierarchicalSampling'?")]
    public void An_unknown_name_suggests_the_nearest(string name, string hint) =>
        Assert.That(
            () => StrategyCatalogue.Find(name),
            Throws.ArgumentException.With.Message.Contains(hint).And.Message.Contains("Known: ALBL, ALFAMix"));

    [Test]
    public void A_name_that_resembles_nothing_gets_the_list_only()
    {
        ArgumentException? error = Assert.Throws<ArgumentException>(() => StrategyCatalogue.Find("zzzzzz"));
        Assert.That(error!.Message, Does.Contain("Unknown strategy 'zzzzzz'. Known:"));
        Assert.That(() => StrategyCatalogue.Find(null!), Throws.ArgumentNullException);
        Assert.That(() => StrategyCatalogue.Find(string.Empty), Throws.ArgumentException);
    }

    [Test]
    public void Every_single_capability_that_a_strategy_needs_has_a_name_for_messages()
    {
        foreach (Capabilities capability in Enum.GetValues<Capabilities>().Where(c => c != Capabilities.None))
        {
            Assert.That(capability.Members(), Is.EqualTo([capability]), "CapabilityExtensions lists it");
        }

        Assert.That(
            (Capabilities.Embeddings | Capabilities.ClassProbabilities).Members(),
            Is.EqualTo([Capabilities.ClassProbabilities, Capabilities.Embeddings]));
    }

    [Test]
    public void Capabilities_follow_from_the_interfaces()
    {
        Assert.That(CapabilityExtensions.CapabilitiesOf(null), Is.EqualTo(Capabilities.None));
        Assert.That(CapabilityExtensions.CapabilitiesOf(new FakeClassifier()), Is.EqualTo(Capabilities.ClassProbabilities | Capabilities.Embeddings));
        Assert.That(
            CapabilityExtensions.CapabilitiesOf(new FakeCommittee(consistent: false)),
            Is.EqualTo(Capabilities.ClassProbabilities | Capabilities.PosteriorClassSamples | Capabilities.Embeddings));
        Assert.That(CapabilityExtensions.CapabilitiesOf(new FakeCommittee()).HasFlag(Capabilities.ConsistentSamples));
        Assert.That(
            CapabilityExtensions.CapabilitiesOf(new FakeGaussian()),
            Is.EqualTo(Capabilities.GaussianPredictions | Capabilities.JointValueDraws | Capabilities.Embeddings | Capabilities.PredictedValues));
        Assert.That(CapabilityExtensions.CapabilitiesOf(new FakeValueCommittee()).HasFlag(Capabilities.JointValueDraws | Capabilities.ConsistentSamples));
        Assert.That(CapabilityExtensions.CapabilitiesOf(new FakeValueCommittee(consistent: false)).HasFlag(Capabilities.JointValueDraws), Is.False);
    }

    [TestCase(true, true, true)]
    [TestCase(false, true, false)]
    [TestCase(true, false, false)]
    public void A_model_for_both_tasks_is_consistent_where_all_its_samples_are(bool classes, bool values, bool both)
    {
        Capabilities found = CapabilityExtensions.CapabilitiesOf(new BothSamplers(classes, values));
        Assert.That(found.HasFlag(Capabilities.ConsistentSamples), Is.EqualTo(both));
        Assert.That(found.HasFlag(Capabilities.JointValueDraws), Is.EqualTo(values), "draws of values rest on the values alone");
    }

    private sealed class BothSamplers(bool classes, bool values) : IPosteriorClassSampler, IPosteriorValueSampler
    {
        int IPosteriorClassSampler.SampleCount => 2;

        int IPosteriorValueSampler.SampleCount => 2;

        bool IPosteriorClassSampler.Consistent => classes;

        bool IPosteriorValueSampler.Consistent => values;

        public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
