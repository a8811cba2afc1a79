using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>Creates invitation codes. Of the phone number only a hash is stored.</summary>
internal sealed class GuardianInvitations(CodeTable codes, IOptions<TwilioOptions> twilio, TimeProvider clock) : IInvitations
{
    public const string OfParticipant = "participant:";

    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(7);

    public string? PhoneOf(string typed) => PhoneNumber.Read(typed, NumberOf(twilio.Value));

    public async Task<Invitation> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group)
    {
        var code = CodeTable.New();
        var inviter = voter.StartsWith(OfParticipant, StringComparison.Ordinal) ? new ParticipantId(voter[OfParticipant.Length..]) : default(ParticipantId?);
        var details = new InviteDetails(group.Value, question.Value, name, phone.Length == 0 ? null : session.Key.HashOf(PhoneNumber.Canonical(phone)));
        await codes.AddAsync(session, code, new Code(CodeKind.Invite, inviter, null, details.Write()), _lifetime);
        await InvitationTable.AddAsync(session, new OpenInvitation(CodeTable.HashOf(session.Key, code), group, question, voter, clock.GetUtcNow()));
        return new Invitation(code, LinkOf(twilio.Value, code));
    }

    /// <summary>Empty if the bot has no WhatsApp number.</summary>
    public static string LinkOf(TwilioOptions twilio, string code) =>
        NumberOf(twilio) is { } number ? $"https://wa.me/{number[1..]}?text={code}" : "";

    private static string? NumberOf(TwilioOptions twilio) => twilio.FromAddress is { } from && from.Contains('+', StringComparison.Ordinal) ? from[from.IndexOf('+', StringComparison.Ordinal)..] : null;
}
