/// What the script of report.html serves beside the LOB table; hidden without it.
enum HTMLControls {
    /// Above the table.
    static let filter = """
        <form id="controls" class="controls" hidden>
        <label>Filter <input id="filter" name="filter" type="search" autocomplete="off" spellcheck="false"></label>
        <label>Measured <select id="coverage" name="coverage"><option value="">in any way</option><option>exact</option>\
        <option>bounded</option><option>forecast</option><option>undated</option><option>sampled</option><option>refused</option><option>skipped</option></select></label>
        <label>Mode <select id="mode" name="mode"><option value="">any</option><option>limited</option>\
        <option>unlimited</option></select></label>
        <output id="shown" for="filter coverage mode"></output>
        <button type="button" id="open-all">Open all shown</button>
        <button type="button" id="print-all">Print with all tables</button>
        </form>
        <p id="filtered" hidden></p>
        """

    /// Under the table.
    static let changes = """
        <div id="changes" class="changes" role="region" aria-label="Changed limits" hidden>
        <p id="changes-text" aria-live="polite"></p>
        <p><button type="button" id="get-mapping">Download table-mappings.json</button>
        <button type="button" id="get-task">Download task-settings.json</button>
        <button type="button" id="undo">Undo all changes</button></p>
        <details><summary>Changed mapping as text</summary>
        <textarea id="mapping-text" name="mapping" readonly rows="8" spellcheck="false" aria-label="Changed mapping"></textarea>
        </details>
        </div>
        """
}
