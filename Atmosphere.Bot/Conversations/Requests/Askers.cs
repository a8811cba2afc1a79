using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>Describes a requester: their display name, marked as their own words, and the last digits of their number.</summary>
internal static class Askers
{
    private const int ShownDigits = 3;
    private const int LongestName = 40;

    public static async Task<string> DescribeAsync(Session session, ParticipantId who, Language language)
    {
        var participant = await Participants.FindAsync(session, who);
        var name = Clean(await Participants.ProfileNameAsync(session, who));
        var number = participant?.Address is ['+', .., _, _, _] address && address.Skip(1).All(char.IsAsciiDigit) ? address[^ShownDigits..] : null;
        var key = (name, number) switch
        {
            (not null, not null) => "requests.asker-name-and-number",
            (not null, _) => "requests.asker-name",
            (_, not null) => "requests.asker-number",
            _ => "requests.asker-unknown",
        };
        return language.Sentences.Say(key, new Dictionary<string, string> { ["name"] = name ?? "", ["digits"] = number ?? "" });
    }

    /// <summary>Reduces a display name, which may be any text, to one line of visible characters.</summary>
    private static string? Clean(string? profileName)
    {
        var clean = ChildName.Clean(profileName ?? "");
        return clean.Length == 0 ? null : clean.Length <= LongestName ? clean : clean[..LongestName].TrimEnd();
    }
}
