using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The names of the kinds of groups, as they are stored and typed.</summary>
public static class GroupKinds
{
    public const string Children = "children";
    public const string Adults = "adults";

    public static string Stored(this GroupKind kind) => kind == GroupKind.Adults ? Adults : Children;

    /// <summary>Anything but adults is children: the safe side.</summary>
    internal static GroupKind Read(string? stored) => stored == Adults ? GroupKind.Adults : GroupKind.Children;

    /// <exception cref="SetUpException">It is no kind of group.</exception>
    public static GroupKind Parse(string typed) => typed switch
    {
        Children => GroupKind.Children,
        Adults => GroupKind.Adults,
        _ => throw new SetUpException($"'{typed}' is no kind of group. Use {Children} or {Adults}."),
    };
}
