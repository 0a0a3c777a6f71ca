namespace PyRelationAL.Datasets;

/// <summary>What the datasets share that Konyushkova et al. (2017) published with their code.</summary>
internal static class LalRepository
{
    private const string Origin = "github.com/ksenia-konyushkova/LAL";

    private const string Citation = "K. Konyushkova, R. Sznitman and P. Fua (2017). Learning active learning from data. NeurIPS 30.";

    /// <summary>One of the checkerboards.</summary>
    public static DownloadedTable Checkerboard(string name, string stem, string trainSha256, string testSha256)
    {
        DatasetFile train = File(name, stem + "_train.npz", trainSha256), test = File(name, stem + "_test.npz", testSha256);
        var info = new DatasetInfo
        {
            Name = name,
            Task = LearningTask.Classification(2),
            Rows = 2000,
            Features = 2,
            Licence = "Apache 2.0",
            Citation = Citation,
            Origin = Origin,
            Notes = "No label noise. The first 1000 rows are the train part, the last 1000 the test part.",
            Files = [train, test],
        };
        return new DownloadedTable(info, files => Part(files, train).Above(Part(files, test)), TableLayout.TargetLast(2, [0, 1]));

        static NumericTable Part(DatasetFiles files, DatasetFile file) =>
            files.Read(file, stream => NpzArchive.Read(stream, file.Path, "x").Beside(NpzArchive.Read(stream, file.Path, "y")));
    }

    /// <summary>The electron microscopy of StriatumMini.</summary>
    public static DownloadedTable Striatum(string name, string trainLabelsSha256, string testLabelsSha256)
    {
        DatasetFile trainFeatures = File(name, "striatum_train_features_mini.mat", null), testFeatures = File(name, "striatum_test_features_mini.mat", null);
        DatasetFile trainLabels = File(name, "striatum_train_labels_mini.mat", trainLabelsSha256);
        DatasetFile testLabels = File(name, "striatum_test_labels_mini.mat", testLabelsSha256);
        const int Features = 272;
        var info = new DatasetInfo
        {
            Name = name,
            Task = LearningTask.Classification(["background", "mitochondrion"]),
            Rows = 20000,
            Features = Features,
            Licence = "GPL 3.0",
            Citation = Citation + " Features of A. Lucchi, Y. Li, K. Smith and P. Fua (2012). Structured image segmentation using kernelized features. ECCV.",
            Origin = Origin,
            Notes = "The first 10000 rows are the train part, the last 10000 the test part. "
                + "The hashes of the feature files are not known: rows and columns are checked.",
            Files = [trainFeatures, trainLabels, testFeatures, testLabels],
        };
        return new DownloadedTable(
            info,
            files => Part(files, trainFeatures, trainLabels).Above(Part(files, testFeatures, testLabels)),
            TableLayout.TargetLast(Features, [-1, 1]));

        static NumericTable Part(DatasetFiles files, DatasetFile features, DatasetFile labels) =>
            files.Read(features, stream => MatFile.Read(stream, features.Path, "features"))
                .Beside(files.Read(labels, stream => MatFile.Read(stream, labels.Path, "labels")));
    }

    private static DatasetFile File(string folder, string name, string? sha256) => new()
    {
        Path = $"{folder}/{name}",
        Addresses = [new($"https://github.com/ksenia-konyushkova/LAL/raw/master/data/{name}")],
        Sha256 = sha256,
    };
}
