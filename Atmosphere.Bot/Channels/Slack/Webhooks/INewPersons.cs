using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>What becomes of a colleague's "this is somebody new". It stands above the channels.</summary>
internal interface INewPersons
{
    /// <summary>A name as it can be kept; null where it cannot be.</summary>
    /// <param name="problem">Key of the sentence that says what is wrong.</param>
    string? NameOf(string typed, out string? problem);

    /// <summary>Invites the guardian. Nobody is registered before the guardian consents.</summary>
    /// <param name="voter">slack:ID of whoever invites.</param>
    /// <param name="phone">With + and country code.</param>
    /// <returns>What to hand to the guardian; null where nobody can be invited.</returns>
    Task<GuardianInvitation?> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group);
}

/// <param name="Code">The guardian says it to the bot.</param>
/// <param name="Link">Opens the chat with the code in it; empty: there is none.</param>
internal sealed record GuardianInvitation(string Code, string Link);
