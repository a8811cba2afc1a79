using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>A device that uploads photos; a row of clients.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Unique name, for operators.</param>
/// <param name="Group">The group of its photos.</param>
/// <param name="TimeZone">IANA time zone of its place.</param>
/// <param name="CreatedAt">When it was set up.</param>
/// <param name="DisabledAt">Since when it is disabled; null: enabled.</param>
public sealed record Station(ClientId Id, string Name, GroupId Group, string TimeZone, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>Creates, lists and authenticates the stations that upload photos.</summary>
public sealed class Stations(Database database, TimeProvider clock)
{
    private const string Columns = "id, name, group_id, time_zone, token_hash, created_at, disabled_at";

    /// <param name="timeZone">Null: the group's time zone.</param>
    /// <returns>The station and its token, which cannot be shown again.</returns>
    /// <exception cref="SetUpException">The name or time zone is invalid, or there is no such group.</exception>
    public async Task<(Station Station, string Token)> AddAsync(
        string name, GroupId group, string? timeZone = null, CancellationToken cancellation = default)
    {
        var (clean, zone, token) = (SetUp.Name(name), timeZone is null ? null : SetUp.TimeZone(timeZone), StationToken.New());
        var station = await database.WriteAsync(
            async session =>
            {
                zone ??= await GroupTable.TimeZoneAsync(session, group);
                if (zone is null || !await GroupTable.IsActiveAsync(session, group))
                    throw new SetUpException($"There is no group '{group}'. 'atmosphere groups list' shows the groups, 'atmosphere groups add' makes one.");

                var added = new Station(ClientId.New(), clean, group, zone, clock.GetUtcNow(), null);
                return await InsertAsync(session, added, token) > 0
                    ? added
                    : throw new SetUpException($"There is a client '{clean}' already. Choose another name.");
            },
            cancellation);
        return (station, token);
    }

    /// <summary>All stations, ordered by name.</summary>
    public async Task<IReadOnlyList<Station>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await database.ReadAsync(
            session => session.QueryAsync<Row>($"SELECT {Columns} FROM clients ORDER BY name"), cancellation)).Select(row => row.ToStation())];

    /// <summary>Enables or disables a station; disabling also stops a running upload.</summary>
    /// <param name="station">Its id or name.</param>
    /// <exception cref="SetUpException">There is no such station.</exception>
    public async Task<Station> EnableAsync(string station, bool enabled, CancellationToken cancellation = default)
    {
        var row = await database.WriteAsync(
            async session =>
            {
                var at = enabled ? (long?)null : clock.GetUtcNow().ToUnixTimeMilliseconds();
                _ = await session.ExecuteAsync(
                    $"UPDATE clients SET disabled_at = @at WHERE (id = @station OR name = @station) AND disabled_at IS {(enabled ? "NOT NULL" : "NULL")}",
                    new { station, at });
                var row = await session.QuerySingleOrDefaultAsync<Row>(
                    $"SELECT {Columns} FROM clients WHERE id = @station OR name = @station", new { station });
                if (row is not null)
                    await WithdrawalTable.AddAsync(session, enabled ? WithdrawalKind.StationEnabled : WithdrawalKind.StationDisabled, row.Id.Value);
                return row;
            },
            cancellation);
        return row?.ToStation()
            ?? throw new SetUpException($"There is no client '{station}'. 'atmosphere clients list' shows their names.");
    }

    /// <summary>The station of a token, disabled or not; null if the token is unknown.</summary>
    public async Task<Station?> FindAsync(string token, CancellationToken cancellation = default)
    {
        var hash = StationToken.Hash(token);
        var row = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM clients WHERE token_hash = @hash", new { hash }), cancellation);
        return row is not null && StationToken.AreSame(row.TokenHash, hash) ? row.ToStation() : null;
    }

    /// <summary>Checked in the transaction that stores an upload: the station may have been disabled meanwhile.</summary>
    internal static async Task<bool> IsEnabledAsync(Session session, ClientId client) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM clients WHERE id = @client AND disabled_at IS NULL", new { client }) is not null;

    /// <summary>Disables a station that was enabled at a time.</summary>
    internal static async Task<bool> DisableAsync(Session session, ClientId client, long at) =>
        await session.ExecuteAsync(
            "UPDATE clients SET disabled_at = @at WHERE id = @client AND disabled_at IS NULL AND created_at <= @at", new { client, at }) > 0;

    private static Task<int> InsertAsync(Session session, Station station, string token) =>
        session.ExecuteAsync(
            """
            INSERT INTO clients (id, name, group_id, time_zone, token_hash, created_at)
            VALUES (@Id, @Name, @Group, @TimeZone, @hash, @at)
            ON CONFLICT (name) DO NOTHING
            """,
            new { station.Id, station.Name, station.Group, station.TimeZone, hash = StationToken.Hash(token), at = station.CreatedAt.ToUnixTimeMilliseconds() });

    private sealed record Row
    {
        public ClientId Id { get; init; }

        public string Name { get; init; } = "";

        public GroupId GroupId { get; init; }

        public string TimeZone { get; init; } = "";

        public string TokenHash { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? DisabledAt { get; init; }

        public Station ToStation() => new(
            Id, Name, GroupId, TimeZone, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            DisabledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }
}
