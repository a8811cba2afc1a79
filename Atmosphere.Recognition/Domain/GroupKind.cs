namespace Atmosphere.Recognition.Domain;

/// <summary>Whose faces a group shows. It decides how sure a name must be: children of one age look much more alike than adults.</summary>
public enum GroupKind
{
    /// <summary>The default of every group.</summary>
    Children,

    Adults,
}
