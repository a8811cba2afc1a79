namespace Atmosphere.Recognition.Questions;

/// <summary>Section <c>Atmosphere:Identify</c>: what colleagues learn of names that faces get by themselves.</summary>
public sealed class IdentifyOptions
{
    public const string Section = "Atmosphere:Identify";

    /// <summary>Whether colleagues are told whom each face was taken for, with a button that takes the name back. Default true.</summary>
    public bool TellIdentified { get; set; } = true;
}
