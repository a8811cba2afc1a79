using System.Net;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using static Atmosphere.Bot.Tests.Trust.Afterwards;
using Cleaning = Atmosphere.Recognition.Flows.Cleanup.Retention;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>What becomes of a picture and of a link to it.</summary>
public enum Afterwards
{
    /// <summary>The link answers 410; the file stays for others, or until its time.</summary>
    Closed,

    /// <summary>The link answers 410, and the file is deleted.</summary>
    Erased,

    /// <summary>The link still answers 200.</summary>
    Open,
}

/// <summary>What ends a right to see pictures.</summary>
public enum Ending
{
    Stop,
    LeaveGroup,
    RemoveChild,
    ForgetMe,
    GroupRemoved,
    ConsentWithdrawn,
    LinkExpired,
}

/// <summary>Every stored picture names its subjects: by them it is shown, closed, deleted and searched for.</summary>
public sealed class EveryPictureHasSubjects
{
    /// <summary>One row for each kind of file, in the order of <see cref="Ending"/>.</summary>
    private static readonly Dictionary<MediaKind, Afterwards[]> _expected = new()
    {
        // Copies are made of these four for those who may see them; they themselves were never to be seen. They go with their photo, and with the held face.
        [MediaKind.GroupPhoto] = [Closed, Closed, Closed, Closed, Erased, Closed, Erased],
        [MediaKind.FaceCrop] = [Closed, Closed, Closed, Closed, Erased, Closed, Erased],
        [MediaKind.FaceZoomIn] = [Closed, Closed, Closed, Closed, Erased, Closed, Erased],
        [MediaKind.HeldCrop] = [Closed, Closed, Erased, Erased, Erased, Closed, Closed],
        [MediaKind.Delivery] = [Closed, Closed, Erased, Erased, Erased, Closed, Erased],
        [MediaKind.Why] = [Closed, Closed, Erased, Erased, Erased, Closed, Erased],
        [MediaKind.WhichChild] = [Closed, Closed, Erased, Erased, Erased, Closed, Erased],
        [MediaKind.ChatUpload] = [Closed, Closed, Erased, Erased, Erased, Closed, Erased],
        [MediaKind.RegistrationPicture] = [Closed, Closed, Erased, Erased, Erased, Closed, Erased],
        // Kept as long as the child is registered, and the held face until its request ends: only their links expire.
        [MediaKind.LearnedFace] = [Closed, Closed, Erased, Erased, Erased, Closed, Closed],
        [MediaKind.HeldPair] = [Closed, Closed, Erased, Erased, Erased, Closed, Closed],
        // It shows somebody else than the child that is removed.
        [MediaKind.QuestionPicture] = [Closed, Closed, Open, Erased, Erased, Open, Erased],
        // Their own data: a guardian who left the group may still have what they asked for.
        [MediaKind.Export] = [Closed, Open, Erased, Erased, Erased, Closed, Erased],
        [MediaKind.ExportedFace] = [Closed, Open, Erased, Erased, Erased, Closed, Erased],
    };

    public static TheoryData<Ending> Endings => [.. Enum.GetValues<Ending>()];

    [Fact]
    public void Every_kind_of_file_has_a_row() => Assert.Equivalent(Enum.GetValues<MediaKind>(), _expected.Keys, strict: true);

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Nobody_sees_a_picture_after(Ending ending)
    {
        await using var scene = await PictureScene.MakeAsync();
        var links = await scene.LinksAsync();
        Assert.Equivalent(Enum.GetValues<MediaKind>(), links.Select(link => link.Kind).Distinct(), strict: true);
        // Small versions are links of their own.
        foreach (var link in links)
            Assert.Equal((link, PictureScene.IsNeverShown(link.Kind) ? HttpStatusCode.Gone : HttpStatusCode.OK), (link, await scene.GetAsync(link)));

        await EndAsync(scene, ending);
        if (ending != Ending.LinkExpired)
            await scene.Chats.ErasedAsync();

        var wrong = new List<string>();
        foreach (var link in links)
        {
            var expected = _expected[link.Kind][(int)ending];
            foreach (var (way, status) in await scene.AskAsync(link))
            {
                if (status != (expected == Open ? HttpStatusCode.OK : HttpStatusCode.Gone))
                    wrong.Add($"{link.Kind} ({link.Whose}{(link.IsSmall ? ", small" : "")}): {way} {(int)status}");
            }

            if (expected == Erased && File.Exists(scene.PathOf(link.Media)))
                wrong.Add($"{link.Kind} ({link.Whose}): the file {link.Media} is still there");
        }

        if (ending == Ending.GroupRemoved)
            wrong.AddRange(Directory.EnumerateFiles(Path.Combine(scene.Chats.Server.Data, "media"), "*", SearchOption.AllDirectories));
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Distinct()));
    }

    [Fact]
    public async Task A_photo_that_another_parent_may_still_see_stays_for_them()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, other) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, "Mia", "mia.jpg");
        await PictureScene.RegisterFromFourAsync(chats, other, "Lea", "3");
        await ClassPhotos.PostAsync(chats.Server, "four.jpg");
        _ = await mother.HearAsync();
        _ = await other.HearAsync();
        await using var scene = new PictureScene(chats);
        var (mothers, others) = ((await scene.LinksOfAsync("mother", mother)).Single(IsDelivery), (await scene.LinksOfAsync("other", other)).Single(IsDelivery));
        Assert.Equal(mothers.Media, others.Media);

        await chats.RemoveAsync(mother, "Mia");
        await chats.ErasedAsync();
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.OK), (await scene.GetAsync(mothers), await scene.GetAsync(others)));

        static bool IsDelivery(PictureLinkOf link) => link.Kind == MediaKind.Delivery && !link.IsSmall;
    }

    [Fact]
    public async Task A_link_is_good_only_in_the_chat_of_whom_it_was_made_for()
    {
        await using var chats = await TrustChats.StartAsync();
        var (mother, stranger) = (await chats.OpenAsync(), await chats.OpenAsync());
        await chats.RegisterAsync(mother, "Mia", "mia.jpg");
        await ClassPhotos.PostAsync(chats.Server, "four.jpg");
        _ = await mother.HearAsync();
        foreach (var word in (string[])["why", "my children", "add child", "Lea"])
            _ = await chats.SayAsync(mother, word);
        _ = await chats.SayAsync(mother, "", "four.jpg");
        await chats.QuietAsync();
        await using var scene = new PictureScene(chats);
        var links = (await scene.LinksOfAsync("mother", mother)).Where(link => !link.IsSmall).ToList();
        Assert.Superset(
            new HashSet<MediaKind> { MediaKind.Delivery, MediaKind.Why, MediaKind.LearnedFace, MediaKind.ChatUpload, MediaKind.RegistrationPicture }, links.Select(link => link.Kind).ToHashSet());

        foreach (var link in links)
        {
            // A message of their own that pretends to be the one that showed the picture.
            await stranger.SayAsync(link.BoundTo, $"media:{link.Media}", []);
            Assert.Equal((link.Kind, HttpStatusCode.Gone), (link.Kind, await scene.GetAsync(await scene.ForgeAsync(link, stranger))));
            Assert.Equal((link.Kind, HttpStatusCode.OK), (link.Kind, await scene.GetAsync(link)));
        }
    }

    [Fact]
    public async Task A_file_that_no_table_names_is_found_by_its_subject_and_one_without_a_subject_does_not_survive_the_proof()
    {
        await using var chats = await TrustChats.StartAsync();
        var mother = await chats.OpenAsync();
        await chats.RegisterAsync(mother, "Mia", "mia.jpg");
        var person = new PersonId((await chats.Server.QueryAsync<string>("SELECT id FROM persons"))!);
        var store = chats.Server.Services.GetRequiredService<IMediaStore>();
        var lost = await store.PutAsync(MediaBucket.Outbound, TranscriptFiles.Read("mia.jpg"), "image/jpeg", Subjects.LearnedFace(person), default);
        await chats.Server.Services.GetRequiredService<IMediaFiles>().WriteAsync(
            MediaKey.New(MediaBucket.Held, "image/jpeg", DateTimeOffset.UnixEpoch), TranscriptFiles.Read("mia.jpg"), default);
        Assert.True(await store.ExistsAsync(lost, default));
        Assert.Single(chats.Server.FilesIn("held"));

        await chats.RemoveAsync(mother, "Mia");
        await chats.ErasedAsync();
        Assert.False(await store.ExistsAsync(lost, default));
        Assert.Empty(chats.Server.FilesIn("held"));
        Assert.Equal(0, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM media_subjects WHERE person_id = @person", new { person }));
    }

    [Fact]
    public async Task Pictures_that_were_stored_before_get_their_subjects_at_the_next_start()
    {
        await using var chats = await TrustChats.StartAsync();
        var mother = await chats.OpenAsync();
        await chats.RegisterAsync(mother, "Mia", "mia.jpg");
        await ClassPhotos.PostAsync(chats.Server, "four.jpg");
        _ = await mother.HearAsync();
        _ = await chats.SayAsync(mother, "my children");
        _ = await mother.HearAsync();
        await chats.QuietAsync();
        await chats.Server.RestartAsync(() =>
        {
            using var database = new Database(chats.Server.Data);
            database.WriteAsync(session => session.ExecuteAsync("DROP TABLE media_subjects; DELETE FROM migrations WHERE name = '19-media-subjects'")).GetAwaiter().GetResult();
        });

        await using var scene = new PictureScene(chats);
        var known = await chats.Server.Services.GetRequiredService<Database>().ReadAsync(MediaSubjectTable.AllAsync);
        Assert.Equivalent(
            Directory.EnumerateFiles(Path.Combine(chats.Server.Data, "media"), "*", SearchOption.AllDirectories).Order(), known.Select(scene.PathOf).Order(), strict: true);
        var links = await scene.LinksOfAsync("mother", mother);
        Assert.Equivalent(new[] { MediaKind.Delivery, MediaKind.LearnedFace }, links.Select(link => link.Kind).Distinct(), strict: true);
        foreach (var link in links)
            Assert.Equal((link.Kind, HttpStatusCode.OK), (link.Kind, await scene.GetAsync(link)));

        await chats.RemoveAsync(mother, "Mia");
        await chats.ErasedAsync();
        foreach (var link in links)
            Assert.Equal((link.Kind, HttpStatusCode.Gone, false), (link.Kind, await scene.GetAsync(link), File.Exists(scene.PathOf(link.Media))));
    }

    private static async Task EndAsync(PictureScene scene, Ending ending)
    {
        var (chats, services) = (scene.Chats, scene.Chats.Server.Services);
        switch (ending)
        {
            case Ending.Stop:
                foreach (var chat in scene.Viewers)
                    _ = await chats.SayAsync(chat, "stop");
                break;
            case Ending.LeaveGroup:
                // An app id closes the doors by which they came in: the visitors of the class are its members no more.
                chats.Server.Set(("Atmosphere:Channels:BotFramework:AppId", "app-1"), ("Atmosphere:Channels:BotFramework:AppPassword", "secret-1"));
                await chats.Server.RestartAsync();
                Assert.Equal(0, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM group_participants"));
                break;
            case Ending.RemoveChild:
                await chats.RemoveAsync(scene.Owner, "Mia");
                await chats.RemoveAsync(scene.Owner, "Lea");
                break;
            case Ending.ForgetMe:
                foreach (var chat in scene.Viewers)
                    _ = await chats.SayAsync(chat, "cancel");
                foreach (var chat in scene.Viewers.Append(scene.Owner))
                {
                    _ = await chats.SayAsync(chat, "forget me");
                    await chat.SayAsync("the last one", "yes", []);
                }

                break;
            case Ending.GroupRemoved:
                await services.GetRequiredService<Database>().WriteAsync(
                    session => services.GetRequiredService<IErasures>().EndGroupAsync(session, new GroupId("class")));
                break;
            case Ending.ConsentWithdrawn:
                foreach (var (chat, child) in ((DirectLineChat, string)[])[(scene.Mother, "Mia"), (scene.Mother, "Lea"), (scene.Father, "Mia")])
                {
                    await scene.UntilQuietAsync(chat, "cancel");
                    await scene.UntilQuietAsync(chat, $"remove {child}");
                    await scene.UntilQuietAsync(chat, "yes");
                }

                Assert.Equal(2, await chats.Server.QueryAsync<long>("SELECT COUNT(*) FROM consents"));
                break;
            default:
                scene.Clock.Ahead = TimeSpan.FromDays(4);
                _ = await services.GetRequiredService<Cleaning>().RunAsync(default);
                break;
        }
    }
}
