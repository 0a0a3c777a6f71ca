using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>Every built-in strategy by name, for the command line and for experiments. A test holds it against the strategies themselves.</summary>
public static class StrategyCatalogue
{
    private const TaskKinds Both = TaskKinds.Classification | TaskKinds.Regression;

    /// <summary>All built-in strategies, by name.</summary>
    public static IReadOnlyList<StrategyDescription> All { get; } =
    [
        For<ALBLStrategy>(
            "A bandit's choice among margin, query by density and random, by how well the model does on what it asked.",
            "Hsu and Lin, AAAI 2015",
            TaskKinds.Classification,
            _ => new ALBLStrategy()),
        For<ALFAMixStrategy>(
            "Items whose prediction changes when a little of the labelled ones is mixed in, from different clusters.",
            "Parvaneh et al., CVPR 2022",
            TaskKinds.Classification,
            _ => new ALFAMixStrategy()),
        For<AdversarialBIMStrategy>(
            "Smallest change of the features, in equal steps, that changes the predicted class.",
            "Ducoffe and Precioso, arXiv 1802.09841, 2018",
            TaskKinds.Classification,
            _ => new AdversarialBIMStrategy()),
        For<AdversarialDeepFoolStrategy>(
            "Nearest to a decision boundary, as DeepFool finds it.",
            "Ducoffe and Precioso, arXiv 1802.09841, 2018",
            TaskKinds.Classification,
            _ => new AdversarialDeepFoolStrategy()),
        For<BADGEStrategy>(
            "Uncertain and different from one another, by the last layer's gradients.",
            "Ash et al., ICLR 2020",
            TaskKinds.Classification,
            _ => new BADGEStrategy()),
        For<BAITStrategy>(
            "What leaves least expected error of the last layer, by its Fisher information.",
            "Ash et al., NeurIPS 2021",
            TaskKinds.Classification,
            _ => new BAITStrategy()),
        For<BALDStrategy>(
            "Where a label tells most about the function.", "Houlsby et al., arXiv 1112.5745, 2011", TaskKinds.Regression, _ => new BALDStrategy()),
        For<BatchBALDStrategy>(
            "Where the labels of the whole batch tell most about the parameters.",
            "Kirsch, van Amersfoort and Gal, NeurIPS 2019",
            TaskKinds.Classification,
            _ => new BatchBALDStrategy()),
        For<CALStrategy>(
            "Near labelled items and predicted differently.", "Margatina et al., EMNLP 2021", TaskKinds.Classification, _ => new CALStrategy()),
        For<CCALStrategy>(
            "Like labelled items by one kind of learned features, and unlike those of a class by another.",
            "Du et al., ICCV 2021",
            TaskKinds.Classification,
            _ => new CCALStrategy()),
        For<CEALStrategy>(
            "Largest entropy; the next model also learns from candidates that this one is sure of.",
            "Wang et al., IEEE TCSVT 2017",
            TaskKinds.Classification,
            _ => new CEALStrategy()),
        For<ClassificationBALDStrategy>(
            "Where posterior samples disagree most.", "Gal, Islam and Ghahramani, ICML 2017", TaskKinds.Classification, _ => new ClassificationBALDStrategy()),
        For<ClusterMarginStrategy>(
            "Closest two best classes, in turn from each cluster of the pool.",
            "Citovsky et al., NeurIPS 2021",
            TaskKinds.Classification,
            _ => new ClusterMarginStrategy()),
        For<CoreLogStrategy>(
            "Where a label improves the predictions of other items most, by the logarithmic score.",
            "Tan, Du and Buntine, NeurIPS 2021",
            TaskKinds.Classification,
            _ => new CoreLogStrategy()),
        For<CoreMSEStrategy>(
            "Where a label improves the predictions of other items most, by the Brier score.",
            "Tan, Du and Buntine, NeurIPS 2021",
            TaskKinds.Classification,
            _ => new CoreMSEStrategy()),
        For<CoresetCBStrategy>(
            "Farthest from what is labelled, and of the classes that lack labels.",
            "Bengar et al., WACV 2022",
            TaskKinds.Classification,
            _ => new CoresetCBStrategy()),
        For<DiscriminativeStrategy>(
            "Most clearly unlike what is labelled, by a classifier of labelled against not.",
            "Gissin and Shalev-Shwartz, arXiv 1907.06347, 2019",
            TaskKinds.Any,
            _ => new DiscriminativeStrategy()),
        For<EPIGStrategy>(
            "Where a label tells most about the labels of other items.",
            "Bickford Smith et al., AISTATS 2023",
            TaskKinds.Classification,
            _ => new EPIGStrategy()),
        For<EntropyCBStrategy>(
            "Largest entropy, and of the classes that lack labels.", "Bengar et al., WACV 2022", TaskKinds.Classification, _ => new EntropyCBStrategy()),
        For<EntropyClassificationStrategy>(
            "Largest entropy of the predicted classes.", "Settles and Craven, EMNLP 2008", TaskKinds.Classification, _ => new EntropyClassificationStrategy()),
        For<EpsilonGreedyStrategy>(
            "Largest uncertainty, and a share of 5 % at random.",
            "Scherer et al., arXiv 2205.11117, 2022",
            Both,
            task => new EpsilonGreedyStrategy(Uncertainty(task))),
        For<ExpectedGradientLengthStrategy>(
            "What would move the last layer farthest.",
            "Settles, Craven and Ray, NIPS 2007",
            TaskKinds.Classification,
            _ => new ExpectedGradientLengthStrategy()),
        For<ExpectedImprovementStrategy>(
            "Largest expected improvement over the best label.",
            "Jones, Schonlau and Welch, J. Global Optimization 1998",
            TaskKinds.Regression,
            _ => new ExpectedImprovementStrategy()),
        For<ExpectedModelChangeStrategy>(
            "What would move a linear model farthest, by a committee's predictions.",
            "Cai, Zhang and Zhou, ICDM 2013",
            TaskKinds.Regression,
            _ => new ExpectedModelChangeStrategy()),
        For<ExpectedVarianceReductionStrategy>(
            "What lowers the predictive variance of the whole pool most.",
            "Cohn, Ghahramani and Jordan, JAIR 1996",
            TaskKinds.Regression,
            _ => new ExpectedVarianceReductionStrategy()),
        For<FrankWolfeStrategy>(
            "A batch whose weighted sum is close to that of the whole pool, in a kernel's feature space.",
            "Pinsler et al., NeurIPS 2019",
            TaskKinds.Any,
            _ => new FrankWolfeStrategy()),
        For<GraphDensityStrategy>(
            "Densest in the graph of nearest neighbours, away from what is taken.",
            "Ebert, Fritz and Schiele, CVPR 2012",
            TaskKinds.Any,
            _ => new GraphDensityStrategy()),
        For<GreedyStrategy>("Largest predicted value.", "PyRelationAL, 2022", TaskKinds.Regression, _ => new GreedyStrategy()),
        For<HierarchicalSamplingStrategy>(
            "At random from the clusters of a tree, most where labels are mixed, down to pure ones.",
            "Dasgupta and Hsu, ICML 2008",
            TaskKinds.Classification,
            _ => new HierarchicalSamplingStrategy()),
        For<ImprovedGreedySamplingStrategy>(
            "Far from every label in input and predicted output at once (iGS).",
            "Wu, Lin and Huang, Information Sciences 2019",
            TaskKinds.Regression,
            _ => new ImprovedGreedySamplingStrategy()),
        For<InformationDensityStrategy>(
            "Uncertain and typical of the pool.", "Settles and Craven, EMNLP 2008", Both, task => new InformationDensityStrategy(Uncertainty(task))),
        For<KCentreGreedyStrategy>(
            "Farthest from what is labelled and from the rest of the batch (core-set).",
            "Sener and Savarese, ICLR 2018",
            TaskKinds.Any,
            _ => new KCentreGreedyStrategy()),
        For<KCentreGreedyPCAStrategy>(
            "Farthest from what is labelled and from the rest of the batch, on 50 principal components.",
            "Zhan et al., arXiv 2203.13450, 2022",
            TaskKinds.Any,
            _ => new KCentreGreedyPCAStrategy()),
        For<KMeansPlusPlusStrategy>(
            "At random by squared distance from what is labelled and from the rest of the batch.",
            "Arthur and Vassilvitskii, SODA 2007",
            TaskKinds.Any,
            _ => new KMeansPlusPlusStrategy()),
        For<LCMDStrategy>(
            "Farthest from the centre in the largest cluster around what is labelled and taken.",
            "Holzmüller et al., JMLR 2023",
            TaskKinds.Any,
            _ => new LCMDStrategy()),
        For<LearningLossStrategy>(
            "Largest loss, as a head trained with the network predicts it.", "Yoo and Kweon, CVPR 2019", Both, _ => new LearningLossStrategy()),
        For<LeastConfidenceStrategy>(
            "Least probable best class.", "Lewis and Gale, SIGIR 1994", TaskKinds.Classification, _ => new LeastConfidenceStrategy()),
        For<LfOSAStrategy>(
            "Most probably of a known class, by a detector of what is of none.",
            "Ning et al., CVPR 2022",
            TaskKinds.Classification,
            _ => new LfOSAStrategy()),
        For<LightweightCoresetStrategy>(
            "At random, and more often far from the pool's mean.",
            "Bachem, Lucic and Krause, KDD 2018",
            TaskKinds.Any,
            _ => new LightweightCoresetStrategy()),
        For<MQNetStrategy>(
            "Uncertain and like labelled items, weighed by what the last query taught.",
            "Park et al., NeurIPS 2022",
            TaskKinds.Classification,
            _ => new MQNetStrategy()),
        For<MarginalConfidenceStrategy>(
            "Closest two best classes.", "Scheffer, Decomain and Wrobel, IDA 2001", TaskKinds.Classification, _ => new MarginalConfidenceStrategy()),
        For<MaxDetStrategy>(
            "Largest determinant of the batch's kernel matrix, given what is labelled.",
            "Holzmüller et al., JMLR 2023",
            TaskKinds.Any,
            _ => new MaxDetStrategy()),
        For<MaxDiagStrategy>(
            "Largest variance in a kernel's feature space, given what is labelled.",
            "Holzmüller et al., JMLR 2023",
            TaskKinds.Any,
            _ => new MaxDiagStrategy()),
        For<MaxDistStrategy>(
            "Farthest in a kernel's feature space; of nothing labelled, the longest first.",
            "Holzmüller et al., JMLR 2023",
            TaskKinds.Any,
            _ => new MaxDistStrategy()),
        For<MeanStandardDeviationStrategy>(
            "Class probabilities that deviate most over posterior samples.",
            "Kampffmeyer, Salberg and Jenssen, CVPR Workshops 2016",
            TaskKinds.Classification,
            _ => new MeanStandardDeviationStrategy()),
        For<NoiseStabilityStrategy>(
            "Predictions that noise on the weights changes most, and in different ways.",
            "Li et al., AAAI 2024",
            TaskKinds.Classification,
            _ => new NoiseStabilityStrategy()),
        For<OutputGreedySamplingStrategy>(
            "Predicted farthest from every label (GSy).",
            "Wu, Lin and Huang, Information Sciences 2019",
            TaskKinds.Regression,
            _ => new OutputGreedySamplingStrategy()),
        For<ProbCoverStrategy>(
            "Whose balls cover most of the pool.", "Yehuda et al., NeurIPS 2022", TaskKinds.Any, _ => new ProbCoverStrategy()),
        For<ProbabilityOfImprovementStrategy>(
            "Most likely to be larger than the best label.",
            "Kushner, J. Basic Engineering 1964",
            TaskKinds.Regression,
            _ => new ProbabilityOfImprovementStrategy()),
        For<QueryByCommitteeStrategy>(
            "Largest disagreement of a committee's votes.",
            "Seung, Opper and Sompolinsky, COLT 1992",
            TaskKinds.Classification,
            _ => new QueryByCommitteeStrategy()),
        For<RandomAcquisitionStrategy>("Uniformly at random: the baseline.", "—", TaskKinds.Any, _ => new RandomAcquisitionStrategy()),
        For<RankedBatchStrategy>(
            "Uncertain, and far from what is labelled and from the rest of the batch.",
            "Cardoso et al., Information Sciences 2017",
            Both,
            task => new RankedBatchStrategy(Uncertainty(task).Normalise())),
        For<RatioConfidenceStrategy>(
            "Ratio of the two best classes closest to 1.", "Monarch 2021", TaskKinds.Classification, _ => new RatioConfidenceStrategy()),
        For<RegressionBAITStrategy>(
            "What leaves least expected variance of a linear model.", "Ash et al., NeurIPS 2021", TaskKinds.Regression, _ => new RegressionBAITStrategy()),
        For<RegressionQueryByCommitteeStrategy>(
            "Largest variance of a committee's predictions.",
            "RayChaudhuri and Hamey, ICNN 1995",
            TaskKinds.Regression,
            _ => new RegressionQueryByCommitteeStrategy()),
        For<RelativeDistanceStrategy>(
            "Farthest from everything labelled.", "Scherer et al., arXiv 2205.11117, 2022", TaskKinds.Any, _ => new RelativeDistanceStrategy()),
        For<RepresentativeSamplingStrategy>(
            "Representatives of the pool's clusters.", "Scherer et al., arXiv 2205.11117, 2022", TaskKinds.Any, _ => new RepresentativeSamplingStrategy()),
        For<RobustKCentreStrategy>(
            "Farthest from what is labelled and taken, but for outliers.", "Sener and Savarese, ICLR 2018", TaskKinds.Any, _ => new RobustKCentreStrategy()),
        For<SAALStrategy>(
            "Largest losses under the worst parameters nearby.", "Kim et al., ICML 2023", TaskKinds.Classification, _ => new SAALStrategy()),
        For<SIMILARStrategy>(
            "Like what is labelled and unlike what is known to be of no class, together.",
            "Kothawade et al., NeurIPS 2021",
            TaskKinds.Classification,
            _ => new SIMILARStrategy()),
        For<SoftBALDStrategy>(
            "At random in proportion to BALD.", "Kirsch et al., TMLR 2023", TaskKinds.Regression, _ => new SoftBALDStrategy()),
        For<ThompsonSamplingStrategy>(
            "Largest random draw from the posterior.", "Thompson, Biometrika 1933", TaskKinds.Regression, _ => new ThompsonSamplingStrategy()),
        For<TiDALStrategy>(
            "Class probabilities that would waver during training, as a head trained with the network predicts them.",
            "Kye et al., ICCV 2023",
            TaskKinds.Classification,
            _ => new TiDALStrategy()),
        For<TypiClustStrategy>(
            "Most typical members of clusters without labels.",
            "Hacohen, Dekel and Weinshall, ICML 2022",
            TaskKinds.Any,
            _ => new TypiClustStrategy()),
        For<UpperConfidenceBoundStrategy>(
            "Largest mean plus standard deviation.", "Srinivas et al., ICML 2010", TaskKinds.Regression, _ => new UpperConfidenceBoundStrategy()),
        For<VAALStrategy>(
            "Clearest not labelled, by a discriminator of codes that an autoencoder makes look labelled.",
            "Sinha, Ebrahimi and Darrell, ICCV 2019",
            TaskKinds.Any,
            _ => new VAALStrategy()),
        For<VarianceReductionStrategy>(
            "Largest predicted standard deviation.", "MacKay, Neural Computation 1992", TaskKinds.Regression, _ => new VarianceReductionStrategy()),
        For<VariationRatioStrategy>(
            "Fewest votes of a committee for the most voted class.", "Freeman 1965", TaskKinds.Classification, _ => new VariationRatioStrategy()),
        For<VeSSALStrategy>(
            "Uncertain and different from one another, in one pass over the pool.",
            "Saran et al., ICML 2023",
            TaskKinds.Classification,
            _ => new VeSSALStrategy()),
        For<WAALStrategy>(
            "Uncertain, and unlike what is labelled by a smooth critic, against which a network's features are trained.",
            "Shui et al., AISTATS 2020",
            TaskKinds.Classification,
            _ => new WAALStrategy()),
    ];

    /// <summary>Other names under which a strategy is known: the papers' words, and PyRelationAL's.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Entropy"] = "EntropyClassification",
        ["Margin"] = "MarginalConfidence",
        ["MarginConfidence"] = "MarginalConfidence",
        ["Ratio"] = "RatioConfidence",
        ["Random"] = "RandomAcquisition",
        ["Variance"] = "VarianceReduction",
        ["Representative"] = "RepresentativeSampling",
        ["Thompson"] = "ThompsonSampling",
        ["UCB"] = "UpperConfidenceBound",
        ["EI"] = "ExpectedImprovement",
        ["KCenter"] = "KCentreGreedy",
        ["KCentre"] = "KCentreGreedy",
        ["CoreSet"] = "KCentreGreedy",
        ["KMeansSampling"] = "RepresentativeSampling",
        ["DAL"] = "Discriminative",
        ["QBC"] = "QueryByCommittee",
        ["EGL"] = "ExpectedGradientLength",
        ["EMCM"] = "ExpectedModelChange",
        ["EMVR"] = "ExpectedVarianceReduction",
        ["GSx"] = "KCentreGreedy",
        ["GSy"] = "OutputGreedySampling",
        ["iGS"] = "ImprovedGreedySampling",
        ["BIM"] = "AdversarialBIM",
        ["DeepFool"] = "AdversarialDeepFool",
        ["LL"] = "LearningLoss",
        ["FW"] = "FrankWolfe",
        ["KCenterGreedyPCA"] = "KCentreGreedyPCA",
        ["CoreSetPCA"] = "KCentreGreedyPCA",
        ["PI"] = "ProbabilityOfImprovement",
        ["VarRatio"] = "VariationRatio",
        ["MeanSTD"] = "MeanStandardDeviation",
    };

    /// <summary>
    /// Finds a strategy by name, in any letter case; common short names (Entropy, Margin, Random, Variance, UCB, EI, QBC) are known too. A wrapper's name
    /// before it puts it into the wrapper with its default settings: <c>OpenSetFilter:Margin</c>, and likewise AnchorAL, ClassBalancer and SEALS, also several.
    /// Power, Softmax and SoftRank before a strategy of scores draw by them: <c>Power:BALD</c>; PowerBALD is that of classification.
    /// Several names joined by +, each but the last with its rounds, are a <see cref="ScheduledStrategy"/>: <c>RandomAcquisition:5+BADGE</c>.
    /// </summary>
    /// <param name="name">The type's name, with or without "Strategy", alone, in wrappers, or in a schedule.</param>
    /// <returns>Its description.</returns>
    /// <exception cref="ArgumentException">There is no such strategy, and the message names the nearest ones; or a wrapper does not fit it.</exception>
    public static StrategyDescription Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return StrategyNames.Parse(name, FindOne);
    }

    private static StrategyDescription FindOne(string name)
    {
        string wanted = name.Trim();
        wanted = Synonyms.GetValueOrDefault(wanted, wanted);
        return All.FirstOrDefault(s =>
                wanted.Equals(s.Name, StringComparison.OrdinalIgnoreCase) || wanted.Equals(s.Type.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(NearestName.UnknownMessage("strategy", name, All.Select(s => s.Name), Synonyms.Keys), nameof(name));
    }

    private static StrategyDescription For<T>(string summary, string reference, TaskKinds tasks, Func<LearningTask, IStrategy> create)
        where T : IStrategy =>
        new(typeof(T).Name[..^"Strategy".Length], typeof(T), summary, reference, tasks, create);

    private static IInformativenessFunction Uncertainty(LearningTask task) =>
        task.Kind == TaskKinds.Regression ? new StandardDeviation() : new LeastConfidence();
}
