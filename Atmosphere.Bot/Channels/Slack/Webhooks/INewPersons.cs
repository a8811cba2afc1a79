using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Handles a colleague's answer "this is a new person". Implemented in a layer above the channels.</summary>
internal interface INewPersons
{
    /// <summary>The name in the form in which it can be stored; null if it is invalid.</summary>
    /// <param name="problem">Key of the text that says what is wrong.</param>
    string? NameOf(string typed, out string? problem);

    /// <summary>The phone number with + and country code; null if it is invalid.</summary>
    string? PhoneOf(string typed);

    /// <summary>Invites the guardian. Nobody is registered before the guardian consents.</summary>
    /// <param name="voter">slack:ID of the inviting colleague.</param>
    /// <param name="phone">With + and country code.</param>
    /// <returns>The invitation to hand to the guardian; null if no one can be invited now.</returns>
    Task<GuardianInvitation?> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group);
}

/// <param name="Code">The guardian sends it to the bot.</param>
/// <param name="Link">Opens the chat with the code filled in; empty: no link.</param>
internal sealed record GuardianInvitation(string Code, string Link);
