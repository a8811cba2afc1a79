using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>Creates invitation codes. Of the phone number only a hash is stored.</summary>
internal sealed class GuardianInvitations(CodeTable codes, IOptions<TwilioOptions> twilio, TimeProvider clock) : IInvitations
{
    public const string OfParticipant = "participant:";

    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(7);

    public async Task<Invitation> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group)
    {
        var code = CodeTable.New();
        var inviter = voter.StartsWith(OfParticipant, StringComparison.Ordinal) ? new ParticipantId(voter[OfParticipant.Length..]) : default(ParticipantId?);
        var details = new InviteDetails(group.Value, question.Value, name, phone.Length == 0 ? null : session.Key.HashOf(phone));
        await codes.AddAsync(session, code, new Code(CodeKind.Invite, inviter, null, details.Write()), _lifetime);
        await InvitationTable.AddAsync(session, new OpenInvitation(CodeTable.HashOf(code), group, question, voter, clock.GetUtcNow()));
        return new Invitation(code, LinkOf(twilio.Value, code));
    }

    /// <summary>Empty if the bot has no WhatsApp number.</summary>
    public static string LinkOf(TwilioOptions twilio, string code) =>
        twilio.FromAddress is { } from ? $"https://wa.me/{from[(from.IndexOf('+', StringComparison.Ordinal) + 1)..]}?text={code}" : "";
}
