using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>Finds which of their children a parent means.</summary>
internal static class ChildChoice
{
    /// <param name="typed">A name, or a number of the list that was shown.</param>
    /// <returns>Several where they have one name.</returns>
    public static IReadOnlyList<RegisteredPerson> Of(IReadOnlyList<RegisteredPerson> children, string typed) =>
        PastedText.NumberIn(typed) is { } number and >= 1 && number <= children.Count
            ? [children[number - 1]]
            : [.. children.Where(child => NameFolding.AreSame(child.Name, typed))];
}
