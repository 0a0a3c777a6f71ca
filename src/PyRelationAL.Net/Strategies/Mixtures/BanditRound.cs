namespace PyRelationAL.Strategies;

/// <summary>One query of <see cref="ALBLStrategy"/>.</summary>
internal sealed class BanditRound(int number)
{
    /// <summary>The number of queries made before.</summary>
    public int Number => number;

    /// <summary>The items in the order in which they were drawn.</summary>
    public List<BanditDraw> Draws { get; } = [];

    /// <summary>What the model that was trained with their labels earned; null until it is known.</summary>
    public double? Reward { get; set; }
}
