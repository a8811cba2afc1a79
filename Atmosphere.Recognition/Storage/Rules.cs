namespace Atmosphere.Recognition.Storage;

/// <summary>Rules that many statements need, as SQL. Each stands after the name of its table and a dot, such as <c>f.{Rules.FaceIsNamed}</c>.</summary>
internal static class Rules
{
    /// <summary>Of faces and searches: it bears a name, by which a parent gets the photo.</summary>
    public const string FaceIsNamed = "verdict = 'named'";

    /// <summary>Of faces: it was looked at and bears no name.</summary>
    public const string FaceIsUnnamed = "verdict IN ('nobody', 'uncertain')";

    /// <summary>Of groups: it has not ended.</summary>
    public const string GroupIsActive = "ended_at IS NULL";

    /// <summary>Of persons: it was learned or is being learned, and is not being erased.</summary>
    public const string PersonIsLiving = "state NOT IN ('failed', 'erasing')";

    /// <summary>Of consents: it was given and not withdrawn.</summary>
    public const string ConsentStands = "withdrawn_at IS NULL";

    /// <summary>Of media_distributions: the channel took the photo for its recipient.</summary>
    public const string PhotoIsReceived = "state IN ('sent', 'delivered', 'read')";
}
