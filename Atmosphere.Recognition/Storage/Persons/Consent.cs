namespace Atmosphere.Recognition.Storage;

/// <summary>What a guardian agreed to.</summary>
/// <param name="Version">Of the text.</param>
/// <param name="Text">As it was shown.</param>
/// <param name="Purpose">What the data are for.</param>
/// <param name="GivenAt">When.</param>
public sealed record Consent(string Version, string Text, string Purpose, DateTimeOffset GivenAt);
