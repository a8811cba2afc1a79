using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>The playground's group. Its members are visitors of this machine, and users admitted by an operator or an invitation.</summary>
internal static class ClassGroup
{
    public const string Name = "Class";

    public static GroupId Id { get; } = new("class");
}
