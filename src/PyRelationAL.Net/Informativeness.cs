using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL;

/// <summary>
/// The informativeness functions by name, and the operators that compose them: <c>0.7 * Informativeness.Entropy + 0.3 * Informativeness.RelativeDistance()</c>.
/// </summary>
public static class Informativeness
{
    /// <summary>Predictive entropy in nats.</summary>
    public static IInformativenessFunction Entropy { get; } = new Entropy();

    /// <summary>Predictive entropy divided by ln C, in [0, 1].</summary>
    public static IInformativenessFunction NormalisedEntropy { get; } = new Entropy(normalised: true);

    /// <summary>Least confidence, in [0, 1].</summary>
    public static IInformativenessFunction LeastConfidence { get; } = new LeastConfidence();

    /// <summary>Margin between the two most probable classes, in [0, 1].</summary>
    public static IInformativenessFunction MarginConfidence { get; } = new MarginConfidence();

    /// <summary>Ratio of the two largest probabilities, in [0, 1].</summary>
    public static IInformativenessFunction RatioConfidence { get; } = new RatioConfidence();

    /// <summary>Share of samples that do not vote with the majority.</summary>
    public static IInformativenessFunction VariationRatio { get; } = new VariationRatio();

    /// <summary>Standard deviation of the class probabilities over the samples.</summary>
    public static IInformativenessFunction MeanStandardDeviation { get; } = new MeanStandardDeviation();

    /// <summary>Mutual information between label and parameters, for classification.</summary>
    public static IInformativenessFunction ClassificationBald { get; } = new ClassificationBald();

    /// <summary>Entropy of a committee's votes.</summary>
    public static IInformativenessFunction VoteEntropy { get; } = new VoteEntropy();

    /// <summary>Entropy of a committee's mean probabilities.</summary>
    public static IInformativenessFunction ConsensusEntropy { get; } = new ConsensusEntropy();

    /// <summary>Average divergence of a committee's members from their consensus.</summary>
    public static IInformativenessFunction MeanDisagreement { get; } = new MeanDisagreement();

    /// <summary>Largest divergence of a committee's member from the consensus.</summary>
    public static IInformativenessFunction MaxDisagreement { get; } = new MaxDisagreement();

    /// <summary>The predicted mean.</summary>
    public static IInformativenessFunction PredictedMean { get; } = new PredictedMean();

    /// <summary>The predicted standard deviation.</summary>
    public static IInformativenessFunction StandardDeviation { get; } = new StandardDeviation();

    /// <summary>A draw for each candidate by itself.</summary>
    public static IInformativenessFunction ThompsonSampling { get; } = new ThompsonSampling();

    /// <summary>One draw of the whole function.</summary>
    public static IInformativenessFunction JointThompsonSampling { get; } = new JointThompsonSampling();

    /// <summary>Expected length of the last layer's gradient.</summary>
    public static IInformativenessFunction ExpectedGradientLength { get; } = new ExpectedGradientLength();

    /// <summary>Variance of a committee's predictions.</summary>
    public static IInformativenessFunction CommitteeVariance { get; } = new CommitteeVariance();

    /// <summary>Mutual information between label and function, for regression.</summary>
    /// <param name="noiseVariance">Variance of the observation noise, greater than 0.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction RegressionBald(double noiseVariance = 1) => new RegressionBald(noiseVariance);

    /// <summary>Mean plus κ standard deviations.</summary>
    /// <param name="kappa">κ, at least 0.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction UpperConfidenceBound(double kappa = 1) => new UpperConfidenceBound(kappa);

    /// <summary>Expected improvement over the largest label.</summary>
    /// <param name="xi">ξ, at least 0.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction ExpectedImprovement(double xi = 0.01) => new ExpectedImprovement(xi);

    /// <summary>Probability of exceeding the largest label.</summary>
    /// <param name="xi">ξ, at least 0.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction ProbabilityOfImprovement(double xi = 0) => new ProbabilityOfImprovement(xi);

    /// <summary>Expected change of a linear model's weights, by a committee's predictions.</summary>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction ExpectedModelChange(FeatureSpace space = FeatureSpace.Features) => new ExpectedModelChange(space);

    /// <summary>The loss that a head predicts which is trained with the network.</summary>
    /// <param name="head">The head; null for the default.</param>
    /// <param name="margin">ξ, at least 0.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction PredictedLoss(AuxiliaryHead? head = null, double margin = 1) => new PredictedLoss(head, margin);

    /// <summary>What a label tells about the labels of other items of the pool.</summary>
    /// <param name="targetCount">How many random candidates stand for the items to be predicted, at least 1.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction ExpectedPredictiveInformationGain(int targetCount = 100) => new ExpectedPredictiveInformationGain(targetCount);

    /// <summary>Distance to the nearest labelled item.</summary>
    /// <param name="metric">The distance; Euclidean by default.</param>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction RelativeDistance(DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features) =>
        new RelativeDistance(metric, space);

    /// <summary>A score weighted by density in the pool.</summary>
    /// <param name="score">The base score.</param>
    /// <param name="beta">β, at least 0.</param>
    /// <param name="similarity">The similarity; 1 / (1 + Euclidean distance) by default.</param>
    /// <param name="space">Features or embeddings.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction InformationDensity(
        IInformativenessFunction score, double beta = 1, Similarity? similarity = null, FeatureSpace space = FeatureSpace.Features) =>
        new InformationDensity(score, beta, similarity, space);

    /// <summary>A score of one's own from each candidate's class probabilities.</summary>
    /// <param name="score">From C probabilities to a finite score; must be safe for concurrent calls.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction OfProbabilities(RowScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new DelegateScore(new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities), context =>
        {
            ClassProbabilities p = context.ClassProbabilities;
            return [.. Enumerable.Range(0, p.RowCount).Select(i => score(p.Row(i)))];
        });
    }

    /// <summary>A score of one's own from each candidate's predicted mean and standard deviation.</summary>
    /// <param name="score">From mean and standard deviation to a finite score.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction OfGaussian(Func<double, double, double> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new DelegateScore(new Requirements(TaskKinds.Regression, Capabilities.GaussianPredictions), context =>
        {
            GaussianPredictions g = context.GaussianPredictions;
            return [.. Enumerable.Range(0, g.RowCount).Select(i => score(g.Mean[i], g.StandardDeviation[i]))];
        });
    }

    /// <summary>A score of one's own from anything the round offers.</summary>
    /// <param name="requirements">What it needs, so that an unfit model is refused before the run.</param>
    /// <param name="score">Gives one finite score for each candidate, in pool order.</param>
    /// <returns>The score.</returns>
    public static IInformativenessFunction Of(Requirements requirements, Func<QueryContext, double[]> score) => new DelegateScore(requirements, score);

    extension(IInformativenessFunction function)
    {
        /// <summary>A score times a weight.</summary>
        /// <param name="weight">Finite.</param>
        /// <param name="score">The score.</param>
        /// <returns>The weighted score.</returns>
        public static IInformativenessFunction operator *(double weight, IInformativenessFunction score) => new WeightedSum((weight, score));

        /// <summary>A score times a weight.</summary>
        /// <param name="score">The score.</param>
        /// <param name="weight">Finite.</param>
        /// <returns>The weighted score.</returns>
        public static IInformativenessFunction operator *(IInformativenessFunction score, double weight) => new WeightedSum((weight, score));

        /// <summary>The sum of two scores.</summary>
        /// <param name="left">One score.</param>
        /// <param name="right">The other.</param>
        /// <returns>The sum.</returns>
        public static IInformativenessFunction operator +(IInformativenessFunction left, IInformativenessFunction right) =>
            new WeightedSum((1, left), (1, right));

        /// <summary>The difference of two scores.</summary>
        /// <param name="left">One score.</param>
        /// <param name="right">What to subtract.</param>
        /// <returns>The difference.</returns>
        public static IInformativenessFunction operator -(IInformativenessFunction left, IInformativenessFunction right) =>
            new WeightedSum((1, left), (-1, right));

        /// <summary>The product of two scores.</summary>
        /// <param name="left">One score.</param>
        /// <param name="right">The other.</param>
        /// <returns>The product.</returns>
        public static IInformativenessFunction operator *(IInformativenessFunction left, IInformativenessFunction right) => new Product(left, right);

        /// <summary>A power of this score.</summary>
        /// <param name="exponent">Finite.</param>
        /// <returns>The power.</returns>
        public IInformativenessFunction Pow(double exponent) => new Power(function, exponent);

        /// <summary>This score on a common scale over the pool.</summary>
        /// <param name="normalisation">How.</param>
        /// <returns>The normalised score.</returns>
        public IInformativenessFunction Normalise(Normalisation normalisation = Normalisation.MinMax) => new Normalised(function, normalisation);
    }
}
