using System.Globalization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>How persons stand on buttons: with their similarity, and a number where two have the same name.</summary>
internal static class PersonOffers
{
    public static List<OfferedName> Of(IReadOnlyList<Suggestion> persons)
    {
        var offers = new List<OfferedName>();
        foreach (var person in persons)
        {
            var name = person.Name;
            if (persons.Count(other => NameFolding.AreSame(other.Name, name)) > 1)
                name += $" ({1 + offers.Count(offer => NameFolding.AreSame(offer.Name, person.Name))})";
            var label = person.Similarity is { } similarity ? string.Create(CultureInfo.InvariantCulture, $"{name} {Math.Floor(similarity)} %") : name;
            offers.Add(new OfferedName(label, person.Person, person.Name));
        }

        return offers;
    }
}
