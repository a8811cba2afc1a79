namespace Atmosphere.Recognition.Storage;

/// <summary>Shared rules as SQL. Write each after a table alias and a dot, such as <c>f.{Rules.FaceIsNamed}</c>.</summary>
internal static class Rules
{
    /// <summary>Faces and searches: has a name, so that a parent gets the photo.</summary>
    public const string FaceIsNamed = "verdict = 'named'";

    /// <summary>Faces: processed, without a name.</summary>
    public const string FaceIsUnnamed = "verdict IN ('nobody', 'uncertain')";

    /// <summary>Groups: has not ended.</summary>
    public const string GroupIsActive = "ended_at IS NULL";

    /// <summary>Persons: learned or being learned, and not being erased.</summary>
    public const string PersonIsLiving = "state NOT IN ('failed', 'erasing')";

    /// <summary>Consents: given and not withdrawn.</summary>
    public const string ConsentStands = "withdrawn_at IS NULL";

    /// <summary>media_distributions: the channel accepted the photo for its recipient.</summary>
    public const string PhotoIsReceived = "state IN ('sent', 'delivered', 'read')";
}
