using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

/// <summary>A face that nobody registered: a colleague invites the guardian, who alone decides whether it is learned.</summary>
public sealed class GuardiansAreInvited : IAsyncLifetime
{
    private TagFaceChat _chat = null!;
    private BotFrameworkChat _colleague = null!;
    private string _invited = "";

    public async ValueTask InitializeAsync()
    {
        _chat = await TagFaceChat.StartAsync();
        _chat.Questions.Ask("one", _chat.Class);
        _colleague = await _chat.OpenAsync();
    }

    public async ValueTask DisposeAsync() => await _chat.DisposeAsync();

    [Fact]
    public async Task The_guardian_registers_the_child_by_the_code_and_that_answers_the_question_for_the_colleague()
    {
        var code = await InviteAsync("I will tell them");
        var guardian = await _chat.OpenAsync();

        var welcome = (await _chat.SayAsync(guardian, code)).Text;
        Assert.Contains("invites you to register Zoe", welcome, StringComparison.Ordinal);
        Assert.Contains("Please send me a photo of Zoe", welcome, StringComparison.Ordinal);
        Assert.Equal(0, await _chat.CountAsync("persons"));
        await guardian.SayAsync("photo", "", ["noa-1.jpg"]);
        _ = await guardian.HearAsync();
        await _chat.SayAsync(guardian, "done");
        await _chat.SayAsync(guardian, "yes");
        Assert.Empty(_chat.Questions.Taken);
        await _chat.SayAsync(guardian, "yes");
        await Eventually.TrueAsync(() => _chat.Questions.Taken.Count > 0, "the invitation is answered");

        var person = new PersonId((await _chat.Server.QueryAsync<string>("SELECT id FROM persons"))!);
        Assert.Equal(("one", TagAnswer.Person, person), Assert.Single(_chat.Questions.Taken.Select(vote => (vote.Question, vote.Answer, vote.Person!.Value))));
        Assert.StartsWith("participant:", _chat.Questions.Taken[0].Voter, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await _chat.CountAsync("invitations") == 0, "the invitation is forgotten");
    }

    [Fact]
    public async Task Who_leaves_the_registration_types_the_code_again_and_nobody_else_can()
    {
        var code = await InviteAsync("I will tell them");
        var guardian = await _chat.OpenAsync();
        await _chat.SayAsync(guardian, code);
        await _chat.SayAsync(guardian, "cancel");

        var stranger = await _chat.OpenAsync();
        Assert.Contains("I do not know this code", (await _chat.SayAsync(stranger, code)).Text, StringComparison.Ordinal);
        Assert.Contains("Please send me a photo of Zoe", (await _chat.SayAsync(guardian, code.ToLowerInvariant())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_colleague_cannot_use_the_code_up_and_it_ends_after_seven_days()
    {
        var code = await InviteAsync("I will tell them");
        Assert.Contains("This code is for a parent of Zoe", (await _chat.SayAsync(_colleague, code)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await _chat.CountAsync("codes WHERE used_at IS NULL"));

        _chat.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Contains("I do not know this code", (await _chat.SayAsync(await _chat.OpenAsync(), code)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_into_a_group_that_has_ended_is_none()
    {
        var code = await InviteAsync("I will tell them");
        await _chat.ExecuteAsync("UPDATE groups SET ended_at = 1");

        Assert.Contains("I do not know this code", (await _chat.SayAsync(await _chat.OpenAsync(), code)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_who_gives_another_name_answers_the_question_all_the_same()
    {
        var guardian = await _chat.OpenAsync();
        await _chat.SayAsync(guardian, await InviteAsync("I will tell them"));
        Assert.Contains("What is the name of your child?", (await _chat.SayAsync(guardian, "back")).Text, StringComparison.Ordinal);
        Assert.Contains("Please send me a photo of Chloe", (await _chat.SayAsync(guardian, "Chloe")).Text, StringComparison.Ordinal);
        await guardian.SayAsync("photo", "", ["noa-1.jpg"]);
        _ = await guardian.HearAsync();
        foreach (var words in (string[])["done", "yes", "yes"])
            await _chat.SayAsync(guardian, words);
        await Eventually.TrueAsync(() => _chat.Questions.Taken.Count > 0, "the invitation is answered");

        Assert.Equal("Chloe", await _chat.Server.QueryAsync<string>("SELECT name FROM persons"));
        Assert.Equal(await _chat.Server.QueryAsync<string>("SELECT id FROM persons"), Assert.Single(_chat.Questions.Taken).Person?.Value);
    }

    [Fact]
    public async Task What_the_colleague_said_since_counts_more_than_the_invitation()
    {
        var (hash, zoe) = (CodeTable.HashOf(_chat.Server.Services.GetRequiredService<Database>().Key, "ABCD-EFGH"), new PersonId("zoe"));
        _chat.Questions.Set("one", view => view with { Votes = [new VoteView("participant:x", TagAnswer.Visitor, null, null, DateTimeOffset.UnixEpoch.AddDays(1))] });
        var outbox = _chat.Server.Services.GetRequiredService<IOutbox>();
        await _chat.Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            await InvitationTable.AddAsync(session, new OpenInvitation(hash, _chat.Class, new QuestionId("one"), "participant:x", DateTimeOffset.UnixEpoch));
            await InvitationTable.RegisteredAsync(session, hash, zoe, _chat.Class);
            await outbox.SendAsync(session, new InvitedConnected(zoe));
        });

        await Eventually.TrueAsync(async () => await _chat.CountAsync("invitations") == 0, "the invitation is forgotten");
        Assert.Empty(_chat.Questions.Taken);
    }

    [Fact]
    public async Task Names_and_numbers_that_cannot_be_used_are_asked_for_again_and_back_goes_one_step()
    {
        await _chat.SayAsync(_colleague, "who is this", bubbles: 2);
        await _chat.SayAsync(_colleague, "new person");
        Assert.Contains("What is the name of the child?", (await _chat.SayAsync(_colleague, "4711")).Text, StringComparison.Ordinal);
        await _chat.SayAsync(_colleague, "Zoe");
        Assert.Contains("I cannot read that as a phone number", (await _chat.SayAsync(_colleague, "050 123 4567")).Text, StringComparison.Ordinal);
        Assert.Contains("Shall I make a code with which the number that ends in 4567 joins", (await _chat.SayAsync(_colleague, "+972 50-123 4567")).Text, StringComparison.Ordinal);
        Assert.Contains("What is the phone number", (await _chat.SayAsync(_colleague, "back")).Text, StringComparison.Ordinal);
        Assert.Contains("What is the name of the child?", (await _chat.SayAsync(_colleague, "back")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await _chat.CountAsync("codes"));
    }

    [Fact]
    public async Task Of_the_phone_number_only_a_hash_is_kept_and_on_WhatsApp_nobody_else_can_use_the_code()
    {
        var code = await InviteAsync("+972 50-123 4567");

        Assert.Equal(0, await _chat.CountAsync("codes WHERE details LIKE '%501234567%'"));
        Assert.Equal(0, await _chat.CountAsync("conversations WHERE state LIKE '%501234567%'"));
        Assert.Equal(0, await _chat.CountAsync("replies WHERE body LIKE '%501234567%'"));
        Assert.Contains("https://wa.me/?text=", _invited, StringComparison.Ordinal);
        Assert.Null((await TypeOnWhatsAppAsync(code, "+15551234567")).Registers);
        Assert.Equal("Zoe", (await TypeOnWhatsAppAsync(code, "+972501234567")).Registers?.Name);
    }

    [Fact]
    public async Task An_invitation_that_nobody_follows_is_forgotten()
    {
        await InviteAsync("I will tell them");
        _chat.Clock.Advance(TimeSpan.FromDays(15));
        _ = await _chat.Server.Services.GetRequiredService<Retention>().RunAsync(default);

        Assert.Equal((0, 0), (await _chat.CountAsync("codes"), await _chat.CountAsync("invitations")));
    }

    [Theory]
    [InlineData("+972 50-123 4567", "+972501234567")]
    [InlineData("00972 (50) 123.4567", "+972501234567")]
    [InlineData("\u200E+34\u00AD600 123 456", "+34600123456")]
    [InlineData("+44 (0)20 7946 0018", "+442079460018")]
    [InlineData("+٩٧٢٥٠١٢٣٤٥٦٧", "+972501234567")]
    [InlineData("*＋５５ 11 98765-4321*", "+5511987654321")]
    [InlineData("0501234567", null)]
    [InlineData("+12", null)]
    [InlineData("+1 555 CALL ME", null)]
    [InlineData("", null)]
    public void A_phone_number_is_read_as_people_type_it(string typed, string? number) => Assert.Equal(number, PhoneNumber.Read(typed));

    [Theory]
    [InlineData("050-123 4567", "+972501234567", "+972548887766")]
    [InlineData("06 12 34 56 78", "+33612345678", "+33698765432")]
    public void A_number_without_a_country_is_of_the_bots_own(string typed, string number, string home) => Assert.Equal(number, PhoneNumber.Read(typed, home));

    // https://faq.whatsapp.com: "About international phone number format"; Brazil's ninth digit since 2012.
    [Theory]
    [InlineData("+5511987654321", "+551187654321")]
    [InlineData("+5215512345678", "+525512345678")]
    [InlineData("+5491112345678", "+541112345678")]
    public void Two_forms_of_one_number_are_the_same(string one, string other) => Assert.Equal(PhoneNumber.Canonical(one), PhoneNumber.Canonical(other));

    /// <returns>The code.</returns>
    private async Task<string> InviteAsync(string phone)
    {
        await _chat.SayAsync(_colleague, "who is this", bubbles: 2);
        await _chat.SayAsync(_colleague, TagFaceChat.Button("new person", "one"));
        await _chat.SayAsync(_colleague, "Zoe");
        await _chat.SayAsync(_colleague, phone);
        _invited = (await _chat.SayAsync(_colleague, "yes")).Text;
        return _invited.Split(['\n', ' ']).First(CodeTable.LooksLikeOne);
    }

    private async Task<Turn> TypeOnWhatsAppAsync(string code, string address)
    {
        var turn = new Turn(
            new Participant(new ParticipantId("guardian"), "whatsapp", address, "{}", "en"), new ConversationKey("whatsapp", address), Languages.Load(Dialogs.Folder),
            new IncomingMessage(IncomingKind.Message, code, []), [], []);
        var known = await _chat.Server.Services.GetRequiredService<Database>().ReadAsync(session =>
            _chat.Server.Services.GetRequiredService<CodeTable>().FindAsync(session, code));
        await ActivatorUtilities.CreateInstance<InviteCode>(_chat.Server.Services).AnswerAsync(turn, known!.Code, default);
        return turn;
    }
}
