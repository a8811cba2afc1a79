namespace Atmosphere.Recognition.Storage;

/// <summary>A guardian's consent.</summary>
/// <param name="Version">Version of the text.</param>
/// <param name="Text">The text as shown.</param>
/// <param name="Purpose">The purpose of the data processing.</param>
/// <param name="GivenAt">When it was given.</param>
public sealed record Consent(string Version, string Text, string Purpose, DateTimeOffset GivenAt)
{
    /// <summary>The answer to the question, as it was typed or tapped; null: unknown.</summary>
    public string? Said { get; init; }

    /// <summary>The purpose of the pictures in reports, which is agreed to apart from the registration.</summary>
    public const string ReportPicture = "show a small picture of the child in the reports that the teacher of the group gets by mail";
}
