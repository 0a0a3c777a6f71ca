namespace PyRelationAL.Datasets;

/// <summary>
/// CIFAR-100: 60000 colour pictures, 32×32 pixels, red, then green, then blue, each row by row, scaled to [0, 1]; 100 classes of 600, which fall into 20 coarse
/// ones of 3000. The 50000 training pictures come first, then the 10000 test pictures.
/// </summary>
/// <remarks>Kept as bytes, 184 MB; all of them as float32 take 737 MB.</remarks>
public static class CIFAR100
{
    private const int CoarseLabel = 0;

    private const int FineLabel = 1;

    private static readonly DatasetFile File = new()
    {
        Path = "CIFAR100/cifar-100-binary.tar.gz",
        Addresses = [new("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz")],
        Sha256 = "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
    };

    private static readonly CifarArchive Archive = new(
        File, [("cifar-100-binary/train.bin", 50000), ("cifar-100-binary/test.bin", 10000)], labels: 2);

    private static readonly DatasetInfo FineInfo = new()
    {
        Name = nameof(CIFAR100),
        Task = LearningTask.Classification(
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus", "butterfly",
            "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup",
            "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn_mower",
            "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
            "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road",
            "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower",
            "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale",
            "willow_tree", "wolf", "woman", "worm",
        ]),
        Rows = 60000,
        Features = CifarArchive.Pixels,
        Licence = "none stated",
        Citation = "A. Krizhevsky (2009). Learning multiple layers of features from tiny images. Technical report, University of Toronto.",
        Origin = "www.cs.toronto.edu/~kriz/cifar.html",
        Notes = "The 100 fine labels; CIFAR100.Load(coarse: true) has the 20 coarse ones. Pixels scaled to [0, 1]. "
            + "The first 50000 rows are the train part, the last 10000 the test part.",
        Files = [File],
    };

    private static readonly DatasetInfo CoarseInfo = FineInfo with
    {
        Name = FineInfo.Name + " (coarse)",
        Task = LearningTask.Classification(
        [
            "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables", "household_electrical_devices", "household_furniture", "insects",
            "large_carnivores", "large_man-made_outdoor_things", "large_natural_outdoor_scenes", "large_omnivores_and_herbivores", "medium_mammals",
            "non-insect_invertebrates", "people", "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
        ]),
    };

    private static readonly DownloadedDataset<ImageDataset> Fine = new(
        FineInfo, files => Archive.Read(FineInfo, files, FineLabel), data => data.WithOwnLabels());

    private static readonly DownloadedDataset<ImageDataset> Coarse = new(
        CoarseInfo, files => Archive.Read(CoarseInfo, files, CoarseLabel), data => data.WithOwnLabels());

    /// <summary>The dataset with fine labels for those who load it later; it takes the file from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Fine.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call unpacks them; later calls share the pictures.</summary>
    /// <param name="coarse">Whether to have the 20 coarse classes instead of the 100 fine ones.</param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static ImageDataset Load(bool coarse = false, DatasetCache? cache = null) => (coarse ? Coarse : Fine).Load(cache);
}
