using System.Reflection;
using PyRelationAL.Clustering;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.SelectionCriteria;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>
/// Every public implementation of a contract in the core, found by reflection: a new one is under test the day it is added. Types whose parameters
/// all have defaults
/// are made with them, and once more in the space of embeddings where they have such a parameter; the others are listed here.
/// </summary>
internal static class Subjects
{
    private static readonly IInformativenessFunction AnyTaskScore = new RelativeDistance();

    /// <summary>How to make what cannot be made from defaults; a type that is neither here nor default-constructible fails the contract tests.</summary>
    private static readonly Dictionary<Type, Func<object>[]> Factories = new()
    {
        [typeof(InformationDensity)] = [() => new InformationDensity(AnyTaskScore)],
        [typeof(Normalised)] =
        [
            .. Enum.GetValues<Normalisation>().Select(n => (Func<object>)(() => new Normalised(AnyTaskScore, n))),
        ],
        [typeof(Power)] = [() => new Power(AnyTaskScore, 2)],
        [typeof(Product)] = [() => new Product(AnyTaskScore, new InformationDensity(AnyTaskScore))],
        [typeof(WeightedSum)] = [() => new WeightedSum((0.7, AnyTaskScore), (0.3, new Normalised(AnyTaskScore)))],
        [typeof(DelegateScore)] = [() => new DelegateScore(Requirements.None, context => context.Score(AnyTaskScore))],
        [typeof(RandomSubPool)] = [() => new RandomSubPool(new TopK(), 10), () => new RandomSubPool(new RankedBatch(), 1)],
        [typeof(TopK)] = [() => new TopK(), () => new TopK(TieBreaking.Random)],
        [typeof(ExpectedErrorReductionStrategy)] =
        [
            .. Enum.GetValues<ExpectedErrorLoss>().Select(loss => (Func<object>)(() => new ExpectedErrorReductionStrategy(() => new ParzenClassifier(), loss))),
        ],
        // Fewer epochs and narrower than by default: the contract makes some thousand queries.
        [typeof(VAALStrategy)] =
        [
            .. Enum.GetValues<FeatureSpace>().Select(space =>
                (Func<object>)(() => new VAALStrategy(new VAALOptions { Epochs = 2, HiddenWidth = 8, LatentCount = 3 }, space))),
        ],
        [typeof(WAALStrategy)] =
        [
            .. Enum.GetValues<FeatureSpace>().Select(space => (Func<object>)(() => new WAALStrategy(new WAALOptions { Epochs = 2, HiddenWidth = 8 }, space))),
        ],
        [typeof(CompositeStrategy)] = [() => new CompositeStrategy(AnyTaskScore)],
        [typeof(SubPoolStrategy)] = [() => new SubPoolStrategy(new RelativeDistanceStrategy(), 10), () =>
            new SubPoolStrategy(new RepresentativeSamplingStrategy(), 1)],
        // Two epochs: what is learned does not matter here.
        [typeof(CCALStrategy)] =
        [
            () => new CCALStrategy(learning: new ContrastiveLearning { Epochs = 2 }),
            () => new CCALStrategy(learning: ContrastiveLearning.None, space: FeatureSpace.Embeddings),
        ],
        [typeof(MQNetStrategy)] =
        [
            () => new MQNetStrategy(learning: new ContrastiveLearning { Epochs = 2 }),
            () => new MQNetStrategy(learning: ContrastiveLearning.None, space: FeatureSpace.Embeddings),
        ],
        [typeof(OpenSetFilterStrategy)] =
        [
            () => new OpenSetFilterStrategy(new RelativeDistanceStrategy()),
            () => new OpenSetFilterStrategy(new LeastConfidenceStrategy(), 0.2, FeatureSpace.Embeddings),
        ],
        // Small parts, so that they are parts of the contract's pools.
        [typeof(AnchorALStrategy)] =
        [
            () => new AnchorALStrategy(new RelativeDistanceStrategy(), 9, 2, 4),
            () => new AnchorALStrategy(new LeastConfidenceStrategy(), 9, 1, 4, Distances.DistanceMetric.Euclidean, FeatureSpace.Embeddings),
        ],
        [typeof(SEALSStrategy)] =
        [
            () => new SEALSStrategy(new RelativeDistanceStrategy(), 3),
            () => new SEALSStrategy(new RelativeDistanceStrategy(), 3, Distances.DistanceMetric.Euclidean, FeatureSpace.Embeddings),
        ],
        [typeof(ClassBalancerStrategy)] = [() => new ClassBalancerStrategy(new LeastConfidenceStrategy())],
        [typeof(SIMILARStrategy)] =
        [
            .. Enum.GetValues<InformationMeasure>().Select(measure => (Func<object>)(() => new SIMILARStrategy(measure))),
            () => new SIMILARStrategy(gradients: true),
            () => new SIMILARStrategy(space: FeatureSpace.Embeddings),
        ],
        [typeof(ScheduledStrategy)] =
        [
            () => new ScheduledStrategy(
                new StrategyPhase(new RelativeDistanceStrategy(), 3), new StrategyPhase(new RepresentativeSamplingStrategy())),
        ],
        [typeof(RepresentativeSamplingStrategy)] =
        [
            () => new RepresentativeSamplingStrategy(),
            () => new RepresentativeSamplingStrategy(new Agglomerative()),
            () => new RepresentativeSamplingStrategy(new KMedoids()),
            () => new RepresentativeSamplingStrategy(space: FeatureSpace.Embeddings),
        ],
        [typeof(ThompsonSamplingStrategy)] = [() => new ThompsonSamplingStrategy(), () => new ThompsonSamplingStrategy(joint: true)],
    };

    public static IEnumerable<Type> TypesOf<T>() => typeof(IStrategy).Assembly.GetExportedTypes()
        .Where(t => typeof(T).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false })
        .OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>Everything of a kind, with a name for the test.</summary>
    public static IEnumerable<(string Name, T Subject)> Of<T>()
        where T : class
    {
        foreach (Type type in TypesOf<T>())
        {
            object[] made = [.. Make(type)];
            for (int i = 0; i < made.Length; i++)
            {
                yield return (made.Length == 1 ? type.Name : $"{type.Name} {i}", (T)made[i]);
            }
        }
    }

    public static IEnumerable<TestFixtureData> Strategies => ByTask<IStrategy>();

    public static IEnumerable<TestFixtureData> Functions => ByTask<IInformativenessFunction>();

    public static IEnumerable<TestFixtureData> Criteria => Of<ISelectionCriterion>().Select(s => new TestFixtureData(s.Subject).SetArgDisplayNames(s.Name));

    public static IEnumerable<TestFixtureData> Clusterers => Of<IClusterer>().Select(s => new TestFixtureData(s.Subject).SetArgDisplayNames(s.Name));

    public static IEnumerable<object> Make(Type type)
    {
        if (Factories.TryGetValue(type, out Func<object>[]? factories))
        {
            return factories.Select(f => f());
        }

        ConstructorInfo constructor = type.GetConstructors().FirstOrDefault(c => c.GetParameters().All(p => p.IsOptional))
            ?? throw new InvalidOperationException($"{type.Name} has no constructor with defaults: add it to {nameof(Subjects)}.{nameof(Factories)}.");
        ParameterInfo[] parameters = constructor.GetParameters();
        object[] defaults = [constructor.Invoke([.. parameters.Select(p => p.DefaultValue)])];
        return Array.Exists(parameters, p => p.ParameterType == typeof(FeatureSpace))
            ? [.. defaults, constructor.Invoke([.. parameters.Select(p => p.ParameterType == typeof(FeatureSpace) ? FeatureSpace.Embeddings : p.DefaultValue)])]
            : defaults;
    }

    /// <summary>Strategies and scores with each task that they are defined for.</summary>
    private static IEnumerable<TestFixtureData> ByTask<T>()
        where T : class =>
        Of<T>().SelectMany(s => Tasks(s.Subject).Select(task => new TestFixtureData(s.Subject, task).SetArgDisplayNames(s.Name, task.ToString())));

    private static IEnumerable<TaskKinds> Tasks(object subject)
    {
        TaskKinds tasks = subject switch
        {
            IStrategy s => s.Requirements.Tasks,
            IInformativenessFunction f => f.Requirements.Tasks,
            _ => TaskKinds.Any,
        };
        return new[] { TaskKinds.Classification, TaskKinds.Regression }.Where(t => tasks.HasFlag(t));
    }
}
