import LOBAdvice

/// The report in each format.
extension Report {
    /// report.md with at most so many bytes, for a comment: what is folded is left out first, whole lines only, and
    /// the end says what.
    ///
    /// - Parameter maxBytes: at least ``smallestMarkdown``.
    public func markdown(maxBytes: Int) -> [UInt8] {
        MarkdownReport.render(self, maxBytes: max(maxBytes, Self.smallestMarkdown))
    }

    /// The fewest bytes that report.md can be made to fit.
    public static let smallestMarkdown = MarkdownFit.smallest

    /// Why a format cannot be made of the report, with a hint on its own line; nil where it can.
    public func refusal(of format: ReportFormat) -> String? {
        guard format.needsSelection, !recommendation.mapping.hasSelection else {
            return startRefused(format) ?? tooLarge(format)
        }
        let emptiness = ScopeText.emptiness(profile)
        return
            "\(format.rawValue): \(emptiness?.message ?? "no table that DMS can migrate is in scope"), and AWS refuses a "
            + "mapping that selects none\nhint: \(emptiness?.hint ?? "DMS migrates tables and their partitions only")"
    }

    /// DMS Serverless takes no custom start of CDC (DMS user guide, serverless limitations), and a task that reads a slot of its own
    /// needs one.
    private func startRefused(_ format: ReportFormat) -> String? {
        guard format == .cloudFormationServerless else { return nil }
        let type = profile.policy.migrationType
        let hasStart = TaskNames.all(of: self).contains { task in
            task.needsStart(type) || (type != .fullLoad && task.files.task.cdcStart != nil)
        }
        guard hasStart else { return nil }
        return
            "\(format.rawValue): DMS Serverless takes no custom start of CDC, and the tasks begin at a position\n"
            + "hint: use --format cloudformation, whose tasks run on a replication instance"
    }

    /// CloudFormation takes templates of 1 MB from Amazon S3, and smaller ones only from elsewhere (AWS CloudFormation quotas).
    private func tooLarge(_ format: ReportFormat) -> String? {
        guard format == .cloudFormation || format == .cloudFormationServerless else { return nil }
        let count = render(format).count
        guard count > Self.largestTemplate else { return nil }
        return
            "\(format.rawValue): the template has \(count) bytes, and CloudFormation takes up to \(Self.largestTemplate)\n"
            + "hint: use --format aws-cli or terraform"
    }

    /// The largest template, in bytes.
    static let largestTemplate = 1_000_000

    /// The report in one format; what each task has of its own is that of one task with all tables.
    public func render(_ format: ReportFormat) -> [UInt8] {
        switch format {
        case .lobTableMarkdown: LOBTableMarkdown.render(self)
        case .lobTableCSV: LOBTableCSV.render(self)
        case .tablesCSV: TablesCSV.render(self)
        case .markdown: MarkdownReport.render(self)
        case .html: HTMLReport.render(self)
        case .json: JSONReport.render(self)
        case .tableMappings: recommendation.mapping.jsonBytes
        case .taskSettings: recommendation.task.jsonBytes
        case .endpointSettings:
            EndpointSettings(
                tables: recommendation.tables, plugin: profile.deployment?.plugin
            ).jsonBytes
        case .awsCLI: AWSCommandLines.render(self)
        case .terraform: TerraformConfiguration.render(self)
        case .cloudFormation: CloudFormationTemplate(report: self, kind: .task).render()
        case .cloudFormationServerless: CloudFormationTemplate(report: self, kind: .serverless).render()
        case .junit: FindingsJUnit.render(self)
        case .sarif: FindingsSARIF.render(self)
        case .text: TerminalReport.render(self)
        }
    }
}
