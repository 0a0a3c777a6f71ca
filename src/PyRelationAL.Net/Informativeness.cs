namespace PyRelationAL;

/// <summary>placeholder</summary>
public static class Informativeness
{
}
