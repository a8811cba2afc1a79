namespace Atmosphere.Recognition.Storage;

/// <summary>A guardian's consent.</summary>
/// <param name="Version">Version of the text.</param>
/// <param name="Text">The text as shown.</param>
/// <param name="Purpose">The purpose of the data processing.</param>
/// <param name="GivenAt">When it was given.</param>
public sealed record Consent(string Version, string Text, string Purpose, DateTimeOffset GivenAt);
