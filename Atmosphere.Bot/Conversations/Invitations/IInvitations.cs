using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>
/// Invites the guardian of a child that a colleague knows. Only the guardian decides: nothing is learned before the consent.
/// </summary>
internal interface IInvitations
{
    /// <summary>The phone number that a colleague typed, with + and country code; one without a country code is of the bot's own country.</summary>
    /// <returns>Null if it is invalid.</returns>
    string? PhoneOf(string typed);

    /// <summary>
    /// Creates a code for the guardian. Once the registered child is learned, the question is answered in the voter's name.
    /// </summary>
    /// <param name="session">The caller's transaction.</param>
    /// <param name="question">The question.</param>
    /// <param name="voter">slack:ID or participant:ID; the caller has checked that they may invite.</param>
    /// <param name="name">The colleague's name for the child; the guardian may correct it.</param>
    /// <param name="phone">The guardian's number with + and country code: on WhatsApp only it can use the code. Empty: anyone.</param>
    /// <param name="group">The group that the guardian joins.</param>
    Task<Invitation> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group);
}

/// <param name="Code">Such as ABCD-EFGH: to be typed in a private chat with the bot, within seven days, once.</param>
/// <param name="Link">Opens that chat with the code filled in; empty: no WhatsApp number is set.</param>
internal sealed record Invitation(string Code, string Link);
