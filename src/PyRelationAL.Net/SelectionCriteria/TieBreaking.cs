namespace PyRelationAL.SelectionCriteria;

/// <summary>What decides between equal scores.</summary>
public enum TieBreaking
{
    /// <summary>The lowest dataset index goes first.</summary>
    LowestIndex = 0,

    /// <summary>Chance decides, from the round's stream.</summary>
    Random,
}
